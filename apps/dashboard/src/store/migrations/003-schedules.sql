-- A publication at a time: of an article that may not have arrived yet, bound to a version and run once one is ready.
create table schedule (
  article text primary key,
  due timestamptz not null,
  version integer,
  run text,
  set_by text not null,
  set_at timestamptz not null default clock_timestamp(),
  fired_at timestamptz,
  tried_at timestamptz,
  problem text not null default ''
);
create index schedule_unfired on schedule (due) where fired_at is null;
