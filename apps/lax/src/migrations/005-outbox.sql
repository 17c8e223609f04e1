-- Changes that have yet to be told to others: written together with the change, deleted once they are sent.
create table outbox (
  sequence    bigint generated always as identity primary key,
  change      uuid        not null default gen_random_uuid(), -- by which whoever receives it twice knows it again
  transaction xid8        not null default pg_current_xact_id(), -- one change is told once of each article
  article     text        not null,
  at          timestamptz not null default now(),
  unique (transaction, article)
);
