-- lines: every received line with what it is and why.
-- Grain:   one row per line of a current cleaning; blank lines are counted, not kept.
-- Reads:   core.lines, core.retired_now
-- Used by: people; explain
create or replace view lines as
select l.article_id, l.line_no, l.label, l.rule, l.text
from core.lines as l
anti join core.retired_now as r on r.article_id = l.article_id and r.revision = l.revision
