-- The people who may sign in, and what they may do. Nobody is deleted, since the activity log names them: `disabled_at`
-- keeps somebody out.
create table account (
  name text primary key check (name ~ '^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$'),
  full_name text not null default '',
  email text check (email like '%_@_%'),
  role text not null check (role in ('reader', 'editor', 'publisher', 'operator', 'administrator')),
  added_by text not null,
  added_at timestamptz not null default clock_timestamp(),
  disabled_at timestamptz
);
create unique index account_of_email on account (lower(email));

-- Until now there was one user. Others may have signed links of their own: they keep what they could do.
insert into account (name, role, added_by) values ('operator', 'administrator', 'continuum');
insert into account (name, role, added_by)
  select distinct signed_in, 'operator', 'continuum' from used_sign_in
  where signed_in ~ '^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$'
  on conflict do nothing;

-- The sessions of the browsers that are signed in, and of those that are about to be: these have no account yet. `key` is
-- in the browser's cookie, `id` is for pages that list sessions.
create table session (
  key text primary key,
  id uuid not null unique default gen_random_uuid(),
  account text references account on update cascade,
  content json not null,
  opened_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
create index session_of_account on session (account);
create index session_expiry on session (expires_at);
