-- The lists of articles that the site has, each with its number and in the two orders in which it is read: what changed last, for
-- readers; and by the last change, for harvesters. Reading a page of one looks at that page alone, however many articles there are.
-- A trigger on the table of records writes them, so that they are right also while an older release writes.
lock table record in access exclusive mode;

create table list (
  kind     text    not null check (kind in ('all', 'journal', 'month', 'subject')),
  name     text    not null, -- '' for all; of a journal what its ids have before the first hyphen, '' where they have none
  articles integer not null, -- public ones
  primary key (kind, name)
);

create table list_member (
  kind      text        not null,
  name      text        not null,
  article   text        not null references record,
  datestamp timestamptz not null,
  shown     timestamptz, -- when readers last saw a change of it; null where nothing of it is public any more
  primary key (article, kind, name)
);
create index list_member_changes on list_member (kind, name, datestamp, article);
create index list_member_latest on list_member (kind, name, shown desc, article desc) where shown is not null;
-- The order of sitemaps.
create index record_public on record (article) where not deleted;
drop index record_subjects, listing_month;

-- The lists that an article belongs in. One that was withdrawn stays in those of its journal and subjects, for harvesters.
create view belonging as
  select article, datestamp, case when not deleted then coalesce(updated, published) end as shown, lists.kind, lists.name
  from record, lateral (
    select 'all' as kind, '' as name
    union all select 'journal', case when strpos(article, '-') > 0 then split_part(article, '-', 1) else '' end
    union all select distinct 'subject', subject from unnest(subjects) as subject
    union all select 'month', left(day, 7) from listing where listing.article = record.article
  ) as lists;

insert into list_member (kind, name, article, datestamp, shown) select kind, name, article, datestamp, shown from belonging;
insert into list (kind, name, articles) select kind, name, count(shown) from list_member group by kind, name;

create function refresh_lists() returns trigger language plpgsql as $$
begin
  if not exists (select from changed) then return null; end if;

  delete from listing where article in (select article from changed);
  insert into listing (article, version, day)
    select changed.article, changed.version,
      coalesce(eif::jsonb ->> 'publication-date', to_char(changed.published at time zone 'UTC', 'YYYY-MM-DD'))
    from changed join edition on edition.article = changed.article and edition.version = changed.version and stage = 'published';
  insert into author_listing (author, name, article)
    select distinct on (author, article) author, name, article from (
      select changed.article,
        coalesce(substring(person ->> 'orcid' from '[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$'),
          nullif(person ->> 'collab', ''), nullif(concat_ws(', ', person ->> 'surname', person ->> 'given-names', person ->> 'suffix'), '')) as author,
        coalesce(nullif(person ->> 'collab', ''), concat_ws(' ', person ->> 'given-names', person ->> 'surname', person ->> 'suffix')) as name
      from changed join edition on edition.article = changed.article and edition.version = changed.version and stage = 'published',
        jsonb_array_elements(case jsonb_typeof(eif::jsonb -> 'contributors') when 'array' then eif::jsonb -> 'contributors' else '[]' end) as person
      where person ->> 'type' = 'author'
    ) as people
    where author is not null;

  -- In one order, so that two articles never wait for each other; a change that moves nothing between lists locks none.
  insert into list as kept (kind, name, articles)
    select kind, name, sum(more) from (
      select kind, name, -1 as more from list_member where shown is not null and article in (select article from changed)
      union all
      select kind, name, 1 from belonging where shown is not null and article in (select article from changed)
      union all -- a list of which nothing is public: harvesters know it
      select kind, name, 0 from belonging where shown is null and article in (select article from changed)
    ) as moves
    group by kind, name
    having sum(more) <> 0 or not exists (select from list where list.kind = moves.kind and list.name = moves.name)
    order by kind, name
    on conflict (kind, name) do update set articles = kept.articles + excluded.articles where excluded.articles <> 0;
  delete from list_member where article in (select article from changed)
    and not exists (select from belonging where belonging.article = list_member.article
      and belonging.kind = list_member.kind and belonging.name = list_member.name);
  insert into list_member (kind, name, article, datestamp, shown)
    select kind, name, article, datestamp, shown from belonging where article in (select article from changed)
    on conflict (article, kind, name) do update set datestamp = excluded.datestamp, shown = excluded.shown;
  return null;
end $$;

drop trigger record_listing on record;
drop function refresh_listing;
create trigger lists_of_added after insert on record
  referencing new table as changed for each statement execute function refresh_lists();
create trigger lists_of_changed after update on record
  referencing new table as changed for each statement execute function refresh_lists();
