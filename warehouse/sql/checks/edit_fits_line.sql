-- edit_fits_line: an edit's before stands at its place in the received line.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.edits, core.lines
-- Used by: wencang doctor
select e.article_id, e.revision, e.line_no, e.start_char
from core.edits as e
left join core.lines as l
    on l.article_id = e.article_id and l.revision = e.revision and l.line_no = e.line_no
where l.article_id is null
    or substr(l.text, e.start_char + 1, e.end_char - e.start_char) <> e."before"
