-- The number of works that cite a DOI, as each service last told it.
create table citation (
  doi     text        not null, -- in lower case; of the article, or of a version of it
  article text        not null,
  service text        not null,
  number  integer     not null check (number >= 0),
  checked timestamptz not null,
  primary key (doi, service)
);
create index citation_article on citation (article);

-- When each service was asked, and what went wrong since it last answered.
create table citation_source (
  service   text        primary key,
  attempted timestamptz not null,
  succeeded timestamptz,
  problem   text
);
