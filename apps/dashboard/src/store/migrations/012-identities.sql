-- The accounts of people at OpenID Connect providers: an account has one as soon as its person has signed in there once.
create table account_identity (
  issuer text not null,
  subject text not null,
  account text not null references account on update cascade,
  added_at timestamptz not null default clock_timestamp(),
  primary key (issuer, subject)
);
