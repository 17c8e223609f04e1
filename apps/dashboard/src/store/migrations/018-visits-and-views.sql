-- When somebody was last here: `seen_at` in this visit, `before_at` at the end of the one before. Half an hour of silence
-- ends a visit.
create table visit (
  account text primary key references account on update cascade,
  seen_at timestamptz not null default now(),
  before_at timestamptz
);

-- The lists that somebody has saved under a name, with their addresses.
create table saved_view (
  id bigint generated always as identity primary key,
  account text not null references account on update cascade,
  name text not null,
  path text not null,
  shared boolean not null default false,
  saved_at timestamptz not null default now(),
  unique (account, name)
);
