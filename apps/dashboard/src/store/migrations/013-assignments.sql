-- Who takes care of an article. Notes on it are in the activity log.
create table assignment (
  article text primary key,
  account text not null references account on update cascade,
  assigned_by text not null,
  assigned_at timestamptz not null default clock_timestamp()
);
create index assignment_of_account on assignment (account);
