-- run_ends_after_it_began: a run's times are in order and its state is known.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.runs
-- Used by: wencang doctor
select run_id, event_no, state
from core.runs
where ended_at < started_at
    or state not in ('running', 'completed', 'failed', 'cancelled', 'crashed')
