-- Article versions as they were posted: for each a published edition, a preview, or both (a correction that waits).
create table edition (
  article   bigint  not null, -- the article's number, without zeros before it
  version   integer not null check (version >= 1),
  stage     text    not null check (stage in ('preview', 'published')),
  run       text,             -- of the pipeline, where the sender names it
  eif       text    not null, -- JSON object, as posted
  published timestamptz,      -- when the article's first version became public
  updated   timestamptz,      -- when a later version became public
  primary key (article, version, stage),
  check ((stage = 'published') = (published is not null))
);

create index edition_latest on edition ((coalesce(updated, published)) desc, article) where stage = 'published';
