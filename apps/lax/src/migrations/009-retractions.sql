-- A retraction is a fragment of its article; the event log says who asked for it.
alter table event drop constraint event_event_check;
alter table event add check (event in
  ('ingest', 'publish', 'fragment', 'fragment removed', 'withdraw', 'reinstate', 'retract', 'retraction removed'));
