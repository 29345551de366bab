-- run_has_begun: no run began later than now: a clock that was ahead lets older pages stand before newer ones.
-- Grain:   one row per run that begins more than an hour from now; none when all is well.
-- Reads:   core.runs
-- Used by: wencang doctor
select run_id, started_at
from core.runs
where event_no = 1 and started_at > now() + interval 1 hour
