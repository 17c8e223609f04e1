-- The words of what readers see of each article: of the newest published version alone. Written with every change of an article, in its
-- transaction.
create table search (
  article   text        primary key,
  type      text        not null,
  date      timestamptz not null, -- of its present status
  published timestamptz not null, -- of version 1
  subjects  text[]      not null, -- their ids
  names     text        not null, -- JSON array of {"id", "name"}
  document  tsvector    not null
);
create index search_document on search using gin (document);
create index search_date on search (date desc, article);

-- The texts at a path of article JSON. Markup in them is left out by PostgreSQL's parser.
create function texts(body jsonb, path jsonpath) returns text language sql immutable as $$
  select left(coalesce(string_agg(value #>> '{}', ' '), ''), 500000)
  from jsonb_path_query(body, path, '{}', true) as value where jsonb_typeof(value) = 'string'
$$;

-- Words by weight: title; people, subjects and keywords; abstract and digest; everything else. Identifiers are words as they are.
create function words(body jsonb) returns tsvector language sql immutable as $$
  select
    setweight(to_tsvector('english', texts(body, '$.title') || ' ' || texts(body, '$.titlePrefix')), 'A') ||
    setweight(to_tsvector('english', concat_ws(' ',
      texts(body, 'strict $.authors.**.preferred'), texts(body, '$.keywords[*]'), texts(body, '$.subjects[*].name'),
      texts(body, '$.researchOrganisms[*]'))), 'B') ||
    setweight(to_tsvector('english', concat_ws(' ',
      texts(body, '$.impactStatement'), texts(body, 'strict $.abstract.**.text'), texts(body, 'strict $.digest.**.text'))), 'C') ||
    setweight(to_tsvector('english', concat_ws(' ',
      texts(body, 'strict $.body.**.text'), texts(body, 'strict $.body.**.title'), texts(body, 'strict $.appendices.**.text'),
      texts(body, 'strict $.acknowledgements.**.text'), texts(body, 'strict $.decisionLetter.**.text'),
      texts(body, 'strict $.authorResponse.**.text'), texts(body, 'strict $.funding.**.name[*]'),
      texts(body, 'strict $.dataSets.**.title'))), 'D') ||
    to_tsvector('simple', concat_ws(' ',
      texts(body, '$.id'), texts(body, '$.elocationId'), texts(body, '$.doi'), texts(body, 'strict $.authors.**.orcid')))
$$;

create function index_article(wanted text) returns void language sql as $$
  delete from search where article = wanted;
  insert into search (article, type, date, published, subjects, names, document)
  select article, snippet::jsonb ->> 'type',
    coalesce(head::jsonb ->> 'statusDate', date::text)::timestamptz, coalesce(head::jsonb ->> 'published', date::text)::timestamptz,
    array(select jsonb_path_query(snippet::jsonb, '$.subjects[*].id') #>> '{}'),
    coalesce(snippet::jsonb ->> 'subjects', '[]'),
    words(body::jsonb)
  from content where article = wanted and newest_published;
$$;

select index_article(article) from content where newest_published;
