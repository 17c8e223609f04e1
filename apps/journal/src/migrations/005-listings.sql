-- What lists of articles need of each public article: the day of its publication, and its authors. It follows the table of records, so
-- that it is right also while an older release writes.
create table listing (
  article text    primary key,
  version integer not null, -- the newest published one
  day     text    not null  -- of publication, as exactly as it is known: 2012-12-13, 2026-04 or 1998
);
create index listing_day on listing (day desc, article desc);
create index listing_month on listing (left(day, 7));

create table author_listing (
  author  text not null, -- ORCID, else `Family, Given`
  name    text not null, -- as a reader writes it: `Given Family`
  article text not null references listing on delete cascade,
  primary key (author, article)
);
create index author_listing_article on author_listing (article);
create index record_subjects on record using gin (subjects) where not deleted;

create function refresh_listing() returns trigger language plpgsql as $$
declare document jsonb;
begin
  delete from listing where article = new.article;
  if new.deleted then return null; end if;
  select eif::jsonb into document from edition
    where article = new.article and version = new.version and stage = 'published';
  insert into listing (article, version, day)
    select new.article, new.version,
      coalesce(document ->> 'publication-date', to_char(new.published at time zone 'UTC', 'YYYY-MM-DD'))
    where document is not null;
  insert into author_listing (author, name, article)
    select distinct on (author) author, name, new.article from (
      select
        coalesce(substring(person ->> 'orcid' from '[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$'),
          nullif(person ->> 'collab', ''), nullif(concat_ws(', ', person ->> 'surname', person ->> 'given-names', person ->> 'suffix'), '')) as author,
        coalesce(nullif(person ->> 'collab', ''), concat_ws(' ', person ->> 'given-names', person ->> 'surname', person ->> 'suffix')) as name
      from jsonb_array_elements(case jsonb_typeof(document -> 'contributors') when 'array' then document -> 'contributors' else '[]' end) as person
      where person ->> 'type' = 'author'
    ) as people
    where author is not null and document is not null;
  return null;
end $$;

create trigger record_listing after insert or update on record for each row execute function refresh_listing();
update record set deleted = deleted;
