-- 0003_places: what became of a place: how often it failed, when its reject was settled, when it was gone.
alter table core.http_state add column failures integer;
alter table core.http_state add column read_at timestamptz;
alter table core.rejects add column attempts integer;
alter table core.articles add column canonical_url varchar;
create table core.closed_rejects (
    uri varchar not null,
    article_id varchar,
    cause varchar not null,
    run_id varchar not null,
    closed_at timestamptz not null
);
create table core.absences (
    uri varchar not null,
    run_id varchar not null,
    noted_at timestamptz not null
);
