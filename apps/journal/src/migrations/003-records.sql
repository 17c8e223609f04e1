-- What harvesters, sitemaps and feeds know of each article that is public or was. Written with every change of what readers see.
create table record (
  article   text        primary key,
  datestamp timestamptz not null, -- the last change of what readers see, in whole seconds
  deleted   boolean     not null,
  version   integer,              -- the newest published one; null where nothing is public any more
  published timestamptz,          -- of the first version
  updated   timestamptz,          -- of a later version
  subjects  text[]      not null default '{}',
  check (deleted = (version is null))
);
create index record_order on record (datestamp, article);
create index record_latest on record ((coalesce(updated, published)) desc, article desc) where not deleted;

create function refresh_record(wanted text) returns void language sql as $$
  insert into record (article, datestamp, deleted, version, published, updated, subjects)
  select wanted, date_trunc('second', clock_timestamp()), newest.version is null, newest.version, newest.published, newest.updated,
    coalesce(array(
      select distinct heading from jsonb_array_elements_text(
        case jsonb_typeof(newest.eif::jsonb #> '{categories,heading}') when 'array' then newest.eif::jsonb #> '{categories,heading}' else '[]' end
      ) as heading), '{}')
  from (select 1) as one left join lateral (
    select * from edition where article = wanted and stage = 'published' order by version desc limit 1
  ) as newest on true
  where newest.version is not null or exists (select from record where article = wanted)
  on conflict (article) do update set datestamp = greatest(excluded.datestamp, record.datestamp), deleted = excluded.deleted,
    version = excluded.version, published = excluded.published, updated = excluded.updated,
    subjects = case when excluded.deleted then record.subjects else excluded.subjects end;
$$;

select refresh_record(article) from (select distinct article from edition where stage = 'published') as public;
