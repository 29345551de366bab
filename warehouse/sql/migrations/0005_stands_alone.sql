-- 0005_stands_alone: most articles have no copies; what says no more than that lies together, to be skipped.
alter table core.memberships add column stands_alone boolean default 'false';
alter table core.memberships set sorted by (stands_alone desc, article_id asc, decision asc);
