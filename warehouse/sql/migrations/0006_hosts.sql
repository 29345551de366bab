-- 0006_hosts: what web hosts said about being asked: their robots.txt, and until when they want to be left alone.
create table core.robots (
    uri varchar not null,
    status integer not null,
    text varchar,
    etag varchar,
    last_modified varchar,
    run_id varchar not null,
    fetched_at timestamptz not null,
    expires_at timestamptz not null
);
create table core.pauses (
    host varchar not null,
    uri varchar not null,
    status integer not null,
    run_id varchar not null,
    noted_at timestamptz not null,
    until timestamptz not null
);
