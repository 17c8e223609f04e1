-- Parts of article JSON that are kept apart from deliveries and merged into every version of their article, in this order.
create table fragment (
  sequence bigint generated always as identity primary key,
  article  text        not null,
  name     text        not null,
  object   text        not null, -- JSON object
  updated  timestamptz not null,
  unique (article, name)
);

alter table content
  -- The versions of the public API's media type by which it is valid; null where it was stored before they were checked.
  add column public_api integer[],
  -- JSON object: the article JSON without the fragments that are merged into body; null where there are none.
  add column source text;

alter table event drop constraint event_event_check;
alter table event
  add check (event in ('ingest', 'publish', 'fragment', 'fragment removed')),
  alter column version drop not null, -- what happens to all versions has none
  alter column stage drop not null,
  alter column run drop not null,
  add column name text; -- of the fragment
