-- search_match: the FTS5 query for what a person typed, as warehouse.search_text makes it.
-- Grain:   scalar.
-- Reads:   nothing; {folded} and {folding} are the table of folded characters
-- Used by: search (this session)
create or replace temp macro search_match(q) as coalesce(nullif(array_to_string(list_transform(
    regexp_extract_all(lower(translate(q, '{folded}', '{folding}')), '[{han}]+|[^\s\p{{P}}\p{{S}}\p{{C}}{han}]+'),
    lambda run: case
        when not regexp_matches(run, '^[{han}]') then '"' || run || '"'
        when length(run) = 1 then '"' || run || '" *'
        else '"' || array_to_string(list_transform(
            generate_series(1, length(run) - 1), lambda i: substr(run, i::integer, 2)), ' ') || '"'
    end
), ' AND '), ''), '"没有词"')
