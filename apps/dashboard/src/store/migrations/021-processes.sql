-- What the consumer last saw of each process: a row for each service of it, kept for a day after it was last seen.
create table process_look (
  service text not null,
  -- Drawn at each start of a process: services that share one have the same.
  instance text not null,
  -- Its health port: another instance at the same one has taken its place.
  address text not null,
  version text,
  ready boolean not null,
  started_at timestamptz not null,
  last_seen timestamptz not null,
  memory_bytes bigint not null,
  cpu_seconds double precision not null,
  -- The share of a processor between the last two looks; null after the first.
  cpu_share double precision,
  -- [{"name": the queue or task list, "lastSignOfLife": an instant}]
  pollers jsonb not null,
  primary key (service, instance)
);
