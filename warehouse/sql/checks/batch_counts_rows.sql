-- batch_counts_rows: each batch left the rows that its ledger row says it wrote.
-- Grain:   one row per batch and table that differ; none when all is well.
-- Reads:   core.ledger and every table loaded by units, with the snapshot each row came in
-- Used by: wencang doctor; batches before the last deletion on request lack rows, and may be rewritten; the
--          memberships of batches before the last marking (warehouse/alone.py) came in again with it
with batch as (
    select snapshot_id, unit, rows
    from core.ledger
    where snapshot_id > coalesce((select max(snapshot_id) from core.ledger where unit like 'forget %'), 0)
), said as (
    select batch.snapshot_id, key as table_name, value::bigint as row_count
    from batch, json_each(batch.rows)
), held as (
    select 'documents' as table_name, snapshot_id, count(*) as row_count from core.documents group by all
    union all select 'articles', snapshot_id, count(*) from core.articles group by all
    union all select 'lines', snapshot_id, count(*) from core.lines group by all
    union all select 'edits', snapshot_id, count(*) from core.edits group by all
    union all select 'rejects', snapshot_id, count(*) from core.rejects group by all
    union all select 'sightings', snapshot_id, count(*) from core.sightings group by all
    union all select 'signatures', snapshot_id, count(*) from core.signatures group by all
    union all select 'memberships', snapshot_id, count(*) from core.memberships group by all
    union all select 'relations', snapshot_id, count(*) from core.relations group by all
    union all select 'retired', snapshot_id, count(*) from core.retired group by all
    union all select 'inputs', snapshot_id, count(*) from core.inputs group by all
    union all select 'http_state', snapshot_id, count(*) from core.http_state group by all
    union all select 'tombstones', snapshot_id, count(*) from core.tombstones group by all
    union all select 'closed_rejects', snapshot_id, count(*) from core.closed_rejects group by all
    union all select 'absences', snapshot_id, count(*) from core.absences group by all
    union all select 'robots', snapshot_id, count(*) from core.robots group by all
    union all select 'pauses', snapshot_id, count(*) from core.pauses group by all
)
select batch.unit, coalesce(said.table_name, held.table_name) as table_name,
    coalesce(held.row_count, 0) as held, coalesce(said.row_count, 0) as said
from said
full join (from held semi join batch using (snapshot_id)) as held
    on held.snapshot_id = said.snapshot_id and held.table_name = said.table_name
join batch on batch.snapshot_id = coalesce(said.snapshot_id, held.snapshot_id)
where coalesce(held.row_count, 0) <> coalesce(said.row_count, 0)
    and not (
        coalesce(said.table_name, held.table_name) = 'memberships'
        and batch.snapshot_id <= coalesce((select max(snapshot_id) from core.ledger where unit like 'mark %'), 0)
    )
