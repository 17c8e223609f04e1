-- Dead letters that somebody gives back to their queue: stored first, then done.
create table redrive (
  id bigint generated always as identity primary key,
  -- The role of the queue, such as 'starter'.
  queue text not null,
  -- The id of the message; null for all dead letters of the queue.
  message text,
  requested_by text not null,
  requested_at timestamptz not null default clock_timestamp(),
  why text not null default '',
  result text not null default 'queued' check (result in ('queued', 'done', 'refused')),
  -- The reason of a refusal.
  reason text not null default '',
  ended_at timestamptz,
  check ((result = 'queued') = (ended_at is null))
);
create index redrive_queued on redrive (id) where result = 'queued';

-- What the consumer last saw of each queue.
create table queue_look (
  queue text primary key,
  looked_at timestamptz not null,
  waiting integer not null,
  under_way integer not null,
  dead integer not null,
  -- The last time that it was seen empty, while it is not: no message on it is older.
  not_empty_since timestamptz
);
