-- runs: flow runs with their counts.
-- Grain:   one row per run, in its newest state.
-- Reads:   core.runs
-- Used by: people; status
create or replace view runs as
select
    run_id, flow_run_id, flow, state, started_at, ended_at, documents, articles, duplicates, rejects,
    snapshot_id
from core.runs
qualify row_number() over (partition by run_id order by event_no desc) = 1
