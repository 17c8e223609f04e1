-- The contents of article versions: for each version a published one, a preview, or both (a held correction).
create table content (
  article             bigint      not null, -- the article's number, without zeros before it
  version             integer     not null check (version >= 1),
  stage               text        not null check (stage in ('preview', 'published')),
  run                 text        not null,
  doi                 text        not null,
  status              text        not null check (status in ('poa', 'vor')),
  given               timestamptz,          -- "published" as the article JSON gives it
  date                timestamptz,          -- when the version became public
  updated             timestamptz not null,
  fingerprint         text        not null,
  head                text        not null, -- JSON object: what the store adds (stage and dates)
  body                text        not null, -- JSON object: the article JSON without the keys of head and of the store
  snippet             text        not null, -- JSON object: those keys of body that lists show
  history             text        not null, -- JSON object: "-history" of the article JSON
  related             bigint[]    not null, -- articles of this store that this one is about or belongs with
  related_external    text        not null, -- JSON array of citations
  related_preprints   text        not null, -- JSON array of reviewed preprints
  newest              boolean     not null default false, -- what the article's address shows to who sees everything
  newest_published    boolean     not null default false, -- and to everybody
  primary key (article, version, stage),
  check ((stage = 'published') = (date is not null))
);

create index content_list on content (date, article) where newest_published;
create index content_list_all on content (date, article) where newest;
create index content_doi on content (lower(doi));
create index content_related on content using gin (related);

-- What happened to an article, in order. The store never reads it: it is there to rebuild dates from, and to ask why.
create table event (
  sequence bigint generated always as identity primary key,
  article  bigint      not null,
  version  integer     not null,
  event    text        not null check (event in ('ingest', 'publish')),
  stage    text        not null,
  run      text        not null,
  forced   boolean     not null,
  location text, -- where the XML of the ingested article JSON lies
  date     timestamptz, -- of a publication
  at       timestamptz not null
);

create index event_article on event (article);
