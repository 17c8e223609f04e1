-- The executions that messages ask for, and the order in which those of one workflow id are started.
create table start (
  once        text        primary key,            -- names what is asked for, however often its message is received
  workflow_id text        not null,
  since       timestamptz not null,               -- its place among those of its workflow id
  received_at timestamptz not null default now(),
  held_at     timestamptz not null default now(), -- when a starter last held its message
  claimed_by  text,                               -- the starter that asks SWF, or was killed as it did
  claimed_at  timestamptz,
  started_at  timestamptz                         -- when its execution was started; null: not yet
);
create index start_waiting on start (workflow_id, since) where started_at is null;
create index start_started on start (started_at);
