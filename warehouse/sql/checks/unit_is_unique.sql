-- unit_is_unique: a unit of work is committed once.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.ledger
-- Used by: wencang doctor
select unit, count(*) as times
from core.ledger
group by all
having count(*) > 1
