-- Days of usage. While a day is open it has a key, under which its readers are named; closing destroys the key and the events.
create table day (
  day    date primary key,
  key    bytea,                     -- random; null once the day is closed
  closes timestamptz not null,      -- when it closes by itself
  closed timestamptz,
  late   bigint not null default 0, -- hits that came after it was closed, and are not counted
  check ((key is null) = (closed is not null))
);
create index day_open on day (closes) where closed is null;

-- One row for each hit of an open day. Neither address nor user agent: `identity` is a keyed hash of both.
create table event (
  id              text        primary key,
  day             date        not null references day,
  at              timestamptz not null,
  article         text        not null,
  use             text        not null,
  link            text        not null,
  identity        text        not null,
  identity_before text,             -- the same reader under the key of the day before, in the first 30 seconds of a day
  from_log        boolean     not null -- read from a log file, which can be read again
);
create index event_article on event (day, article);

-- The days of articles whose counts are older than their events.
create table stale (
  article text not null,
  day     date not null,
  primary key (article, day)
);

-- Usage of an article on a day, always computed from all its events and never incremented.
create table usage (
  article               text    not null,
  day                   date    not null references day,
  "full"                integer not null,
  abstract              integer not null,
  pdf                   integer not null,
  total_investigations  integer not null,
  unique_investigations integer not null,
  total_requests        integer not null,
  unique_requests       integer not null,
  from_site             integer not null, -- of the total, those that no log file repeats
  primary key (article, day)
);
create index usage_day on usage (day);

-- Log files that were read, by their content.
create table log_file (
  digest  text        primary key,
  name    text        not null,
  taken   timestamptz not null,
  lines   bigint      not null,
  counted bigint      not null
);

-- Usage as other systems counted it, by their own rules. It is shown in totals, and never part of COUNTER reports.
create table history (
  article    text    not null,
  period     text    not null check (period in ('day', 'month')),
  date       text    not null, -- 2016-01-31, or 2016-01
  source     text    not null,
  "full"     integer not null,
  abstract   integer not null,
  digest     integer not null,
  pdf        integer not null,
  primary key (article, period, date, source)
);
