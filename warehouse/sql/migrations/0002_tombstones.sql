-- 0002_tombstones: what was forgotten on request, so that it is not loaded again.
create table core.tombstones (
    kind varchar not null,
    value_sha256 varchar not null,
    run_id varchar not null,
    forgotten_at timestamptz not null
);
