-- Of each current run of an article, what the lists show: derived, as `article` is, and made again with it. `run` is empty
-- for a version that has properties and no run.
create table current_run (
  article text not null references article on delete cascade,
  version integer not null,
  run text not null,
  section text not null,
  since timestamptz not null,
  search text not null,
  summary json not null,
  api_row json not null,
  primary key (article, version, run)
);
create index current_run_listed on current_run (section, since);
drop index article_listed;
drop index article_waiting;
alter table article drop column section, drop column since, drop column waiting;
