-- edits_do_not_overlap: spans of one line stand side by side.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.edits
-- Used by: wencang doctor
select article_id, revision, line_no, start_char
from (
    select
        article_id, revision, line_no, start_char,
        lag(end_char) over (partition by article_id, revision, line_no order by start_char, end_char) as left_end
    from core.edits
)
where start_char < left_end
