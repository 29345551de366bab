-- ledger_counts_rows: each table holds the rows its commits say they wrote.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.ledger and every table loaded by units
-- Used by: wencang doctor
with said as (
    select key as table_name, sum(value::bigint) as row_count
    from core.ledger, json_each(ledger.rows)
    group by all
), held as (
    select 'documents' as table_name, count(*) as row_count from core.documents
    union all select 'articles', count(*) from core.articles
    union all select 'lines', count(*) from core.lines
    union all select 'edits', count(*) from core.edits
    union all select 'rejects', count(*) from core.rejects
    union all select 'sightings', count(*) from core.sightings
    union all select 'signatures', count(*) from core.signatures
    union all select 'memberships', count(*) from core.memberships
    union all select 'relations', count(*) from core.relations
    union all select 'retired', count(*) from core.retired
    union all select 'inputs', count(*) from core.inputs
    union all select 'http_state', count(*) from core.http_state
    union all select 'tombstones', count(*) from core.tombstones
    union all select 'closed_rejects', count(*) from core.closed_rejects
    union all select 'absences', count(*) from core.absences
    union all select 'robots', count(*) from core.robots
    union all select 'pauses', count(*) from core.pauses
)
select held.table_name, held.row_count as held, coalesce(said.row_count, 0) as said
from held
left join said on said.table_name = held.table_name
where held.row_count <> coalesce(said.row_count, 0)
