-- The one-time sign-in links that have been used, kept until they would have expired anyway.
create table used_sign_in (
  nonce text primary key,
  signed_in text not null,
  used_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
