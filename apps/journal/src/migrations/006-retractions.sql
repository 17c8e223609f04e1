-- Retracted articles: their text stays, with a notice.
alter table record
  add column retracted  timestamptz, -- when it was; a change of what readers see, as a later version is
  add column retraction jsonb,       -- {"date", "reason", "notice"?}
  add check ((retracted is null) = (retraction is null));

create or replace function refresh_record(wanted text) returns void language sql as $$
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
    version = excluded.version, published = excluded.published, updated = greatest(excluded.updated, record.retracted),
    subjects = case when excluded.deleted then record.subjects else excluded.subjects end;
$$;
