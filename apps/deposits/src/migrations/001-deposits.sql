-- The publications whose deposits are planned, with the facts that decided about them.
create table publication (
  article    text        not null,
  version    integer     not null check (version >= 1),
  run        text        not null,
  folder     text        not null, -- of the run's files, in the expanded bucket
  published  timestamptz not null, -- of the version, or of its silent correction
  facts      jsonb       not null,
  files      jsonb       not null, -- the run's files: name, kind, bytes
  planned_at timestamptz not null,
  primary key (article, version, run)
);

-- One deposit a recipient and document; also each decision against one.
create table deposit (
  id            uuid        primary key,
  recipient     text        not null,
  article       text        not null,
  version       integer     not null,
  run           text        not null,
  part          text        not null, -- article, peer-reviews; the template and address of a mail
  subjects      text[]      not null, -- the DOIs or the address that it is about
  once          text,                 -- no second deposit with the same key is ever planned
  state         text        not null check (state in ('planned', 'waiting', 'sending', 'sent', 'confirmed',
                  'confirmed-with-warning', 'refused', 'unanswered', 'uncertain', 'superseded', 'cancelled',
                  'not-for-this-recipient')),
  rule          text        not null,
  planned_at    timestamptz not null,
  since         timestamptz not null,
  due           timestamptz not null,
  due_because   text        not null default '',
  before        uuid        references deposit, -- the deposit that goes before this one
  before_confirmed boolean  not null default false, -- and must be confirmed
  stamp         numeric(19), -- the timestamp of its document
  revision      integer,     -- of its file's name, where a repeat has another
  attempts      integer     not null default 0, -- those that count
  tries         integer     not null default 0, -- all
  asked         integer     not null default 0,
  first_attempt timestamptz,
  sent_at       timestamptz,
  next_at       timestamptz,
  waits_for     text,
  reference     text,        -- the recipient's name for it
  answer        text,
  rebuilt       boolean     not null default false,
  document      jsonb,       -- {name, mediaType, bytes, sha256, key}: in the downstream bucket
  foreign key (article, version, run) references publication,
  unique (recipient, article, version, run, part)
);
create unique index deposit_once on deposit (once) where once is not null;
create index deposit_article on deposit (article, recipient);
create index deposit_open on deposit (recipient, state)
  where state in ('planned', 'waiting', 'sending', 'sent');
create index deposit_state on deposit (state, since);
create index deposit_subjects on deposit using gin (subjects);
create index deposit_before on deposit (before) where before is not null;

-- Every attempt to send. One without an end was interrupted, and may have arrived.
create table attempt (
  deposit uuid        not null references deposit,
  number  integer     not null,
  began   timestamptz not null,
  ended   timestamptz,
  outcome text,
  answer  text,
  document jsonb,            -- what was sent
  primary key (deposit, number)
);

-- The last timestamp that was given out for a DOI. They only rise, whatever the clock does.
create table stamp (
  recipient text        not null,
  subject   text        not null,
  last      numeric(19) not null,
  primary key (recipient, subject)
);

create table pause (
  recipient text        primary key,
  since     timestamptz not null,
  by        text        not null,
  why       text        not null,
  automatic boolean     not null
);

-- The recipients that cannot be reached now.
create table failing (
  recipient text        primary key,
  since     timestamptz not null,
  answer    text        not null
);

-- What people did, in order.
create table action (
  sequence  bigint generated always as identity primary key,
  at        timestamptz not null,
  by        text        not null,
  act       text        not null,
  why       text,
  deposit   uuid        references deposit,
  recipient text
);
create index action_deposit on action (deposit);

-- The addresses that no mail goes to.
create table suppression (
  address text        primary key, -- in lower case
  since   timestamptz not null,
  by      text        not null,
  why     text        not null
);

-- Messages to staff that are to be sent, each once by its key.
create table notice (
  key     text        primary key, -- failing:gooa:2026-11-30T22:00:00Z, digest:2026-11-30
  at      timestamptz not null,
  subject text        not null,
  body    text        not null,
  state   text        not null default 'planned' check (state in ('planned', 'sending', 'sent', 'uncertain')),
  answer  text
);
