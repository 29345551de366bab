-- 0004_drop_site_lines: never written; the site memory counts from core.lines.
drop table core.site_lines;
