-- Sessions that somebody signed out of, kept until they would have ended anyway.
create table ended_session (
  session text primary key,
  ended_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
