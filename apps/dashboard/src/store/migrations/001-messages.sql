-- Everything that arrived, once, in the order of arrival; all else can be made again from it.
create table message (
  sequence bigint generated always as identity primary key,
  message_id text not null unique,
  kind text not null check (kind in ('event', 'property', 'unidentified-delivery')),
  article text,
  sent timestamptz not null,
  received timestamptz not null default clock_timestamp(),
  body json not null
);
create index message_of_article on message (article) where article is not null;
create index message_unidentified on message (sequence) where kind = 'unidentified-delivery';

-- An unidentified delivery that somebody has seen to.
create table dismissal (
  message_id text primary key references message (message_id),
  dismissed_by text not null,
  dismissed_at timestamptz not null default clock_timestamp()
);
