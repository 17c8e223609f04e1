-- What the lists show of each article, derived from its messages, publication requests and schedule. `derivation` is the
-- code and setting that derived it: rows of another one are made again when the service starts.
create table article (
  id text primary key,
  section text,
  since timestamptz,
  waiting boolean not null,
  published_at timestamptz,
  search text not null,
  summary json not null,
  api_row json not null,
  derivation text not null
);
create index article_listed on article (section, since) where section is not null;
create index article_waiting on article (id) where waiting;
create index article_published on article (published_at desc) where published_at is not null;
