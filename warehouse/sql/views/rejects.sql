-- rejects: what could not be loaded, and why.
-- Grain:   one row per document or record stopped in a run.
-- Reads:   core.rejects
-- Used by: people; the run report
create or replace view rejects as
select uri, step, reason, detail, article_id, run_id, rejected_at
from core.rejects
