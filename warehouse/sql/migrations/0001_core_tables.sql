-- 0001_core_tables: every table of schema core, as of release 0.1.
create schema if not exists core;
create table core.documents (
    article_id varchar not null,
    content_sha256 varchar not null,
    uri varchar not null,
    url varchar,
    fetched_at timestamptz not null,
    media_type varchar,
    content_type varchar,
    charset varchar,
    charset_source varchar,
    is_clean boolean not null,
    size_bytes bigint not null,
    content blob not null,
    run_id varchar not null,
    loaded_at timestamptz not null
);
create table core.articles (
    article_id varchar not null,
    revision bigint not null,
    external_id varchar,
    uri varchar not null,
    url varchar,
    host varchar,
    site varchar,
    title varchar,
    subtitle varchar,
    source_name varchar,
    published_at timestamptz,
    published_on date,
    date_precision varchar,
    authors varchar[] not null,
    photographers varchar[] not null,
    editors varchar[] not null,
    breadcrumb varchar[] not null,
    script varchar not null,
    script_region varchar,
    text varchar not null,
    text_hans varchar,
    char_count integer not null,
    attributes varchar,
    evidence varchar,
    rules_version varchar not null,
    run_id varchar not null,
    loaded_at timestamptz not null
);
create table core.lines (
    article_id varchar not null,
    revision bigint not null,
    line_no integer not null,
    label varchar not null,
    rule varchar not null,
    text varchar not null
);
create table core.edits (
    article_id varchar not null,
    revision bigint not null,
    line_no integer not null,
    start_char integer not null,
    end_char integer not null,
    before varchar not null,
    after varchar not null,
    rule varchar not null
);
create table core.rejects (
    uri varchar not null,
    step varchar not null,
    reason varchar not null,
    detail varchar,
    article_id varchar,
    run_id varchar not null,
    rejected_at timestamptz not null
);
create table core.sightings (
    article_id varchar not null,
    uri varchar not null,
    seen_at timestamptz not null,
    run_id varchar not null
);
create table core.signatures (
    article_id varchar not null,
    revision bigint not null,
    method varchar not null,
    signature blob not null
);
create table core.memberships (
    article_id varchar not null,
    decision bigint not null,
    cluster_id varchar not null,
    is_canonical boolean not null,
    duplicate_of varchar,
    duplicate_kind varchar,
    similarity double,
    run_id varchar not null,
    decided_at timestamptz not null
);
create table core.relations (
    article_id varchar not null,
    related_id varchar not null,
    kind varchar not null,
    similarity double,
    run_id varchar not null,
    decided_at timestamptz not null
);
create table core.retired (
    article_id varchar not null,
    revision bigint not null,
    event_no bigint not null,
    reason varchar not null,
    run_id varchar not null,
    retired_at timestamptz not null
);
create table core.inputs (
    uri varchar not null,
    size_bytes bigint not null,
    mtime_ns bigint not null,
    content_sha256 varchar,
    documents bigint not null,
    run_id varchar not null,
    seen_at timestamptz not null
);
create table core.http_state (
    uri varchar not null,
    etag varchar,
    last_modified varchar,
    status integer not null,
    content_sha256 varchar,
    run_id varchar not null,
    fetched_at timestamptz not null
);
create table core.site_lines (
    host varchar not null,
    line_hash varchar not null,
    documents bigint not null,
    run_id varchar not null
);
create table core.ledger (
    unit varchar not null,
    rows varchar not null,
    run_id varchar not null,
    flow_run_id varchar,
    task_run_id varchar,
    rules_version varchar,
    committed_at timestamptz not null
);
create table core.runs (
    run_id varchar not null,
    event_no bigint not null,
    flow_run_id varchar,
    flow varchar not null,
    state varchar not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    documents bigint,
    articles bigint,
    duplicates bigint,
    rejects bigint,
    edits bigint,
    snapshot_id bigint,
    summary varchar
);
create table core.migrations (
    name varchar not null,
    number integer,
    sha256 varchar not null,
    applied_at timestamptz not null
);
alter table core.articles set sorted by (published_on asc);
