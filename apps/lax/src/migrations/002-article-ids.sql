-- An article is known by its id, a text: the padded number of the default journal's articles, and prefix and number of all others.
-- Numbers that are there already are of the default journal. They are padded as their article JSON is, or to five digits.
create function padded(number bigint, digits integer) returns text language sql immutable as $$
  select lpad(number::text, greatest(digits, length(number::text)), '0')
$$;

create temporary table ids on commit drop as
  select article, padded(article, max(greatest(5, length(snippet::json ->> 'id')))) as id from content group by article;

drop index content_list, content_list_all, content_related, event_article;

alter table content add column id text, add column related_ids text[] not null default '{}';
update content set id = ids.id from ids where ids.article = content.article;
update content set related_ids = array(
  select coalesce(ids.id, padded(number, 5))
  from unnest(related) with ordinality as named (number, place) left join ids on ids.article = number order by place
);
alter table content drop constraint content_pkey, drop column article, drop column related;
alter table content rename column id to article;
alter table content rename column related_ids to related;
alter table content
  alter column article set not null,
  alter column related drop default,
  add check (article ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  add primary key (article, version, stage);

alter table event add column id text;
update event set id = coalesce((select ids.id from ids where ids.article = event.article), padded(article, 5));
alter table event drop column article;
alter table event rename column id to article;
alter table event alter column article set not null;

drop function padded;

create index content_list on content (date, length(article), article) where newest_published;
create index content_list_all on content (date, length(article), article) where newest;
create index content_related on content using gin (related);
create index event_article on event (article);
