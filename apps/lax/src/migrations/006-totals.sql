-- The numbers of articles that lists have: counting 20,000 rows for each page took longer than reading the page. Triggers keep
-- them, so they are right whichever version of the program writes; a statement that changes no number locks none.
create table total (
  everything  boolean not null, -- with previews
  public_only boolean not null, -- without what the public API's media types cannot say
  articles    bigint  not null,
  primary key (everything, public_only)
);

insert into total
select everything, public_only, count(content.article)
from (values (true, false), (true, true), (false, false), (false, true)) as lists (everything, public_only)
left join content on (case when everything then newest else newest_published end)
  and (not public_only or public_api is distinct from '{}')
group by everything, public_only;

create function keep_totals() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform add_to_totals(
      (select count(*) from added where newest), (select count(*) from added where newest and public_api is distinct from '{}'),
      (select count(*) from added where newest_published),
      (select count(*) from added where newest_published and public_api is distinct from '{}'));
  elsif tg_op = 'TRUNCATE' then
    update total set articles = 0;
  elsif tg_op = 'DELETE' then
    perform add_to_totals(
      -(select count(*) from removed where newest), -(select count(*) from removed where newest and public_api is distinct from '{}'),
      -(select count(*) from removed where newest_published),
      -(select count(*) from removed where newest_published and public_api is distinct from '{}'));
  else
    perform add_to_totals(
      (select count(*) from added where newest) - (select count(*) from removed where newest),
      (select count(*) from added where newest and public_api is distinct from '{}')
        - (select count(*) from removed where newest and public_api is distinct from '{}'),
      (select count(*) from added where newest_published) - (select count(*) from removed where newest_published),
      (select count(*) from added where newest_published and public_api is distinct from '{}')
        - (select count(*) from removed where newest_published and public_api is distinct from '{}'));
  end if;
  return null;
end $$;

create function add_to_totals(previews bigint, public_previews bigint, published bigint, public_published bigint)
returns void language plpgsql as $$
begin
  if previews <> 0 then update total set articles = articles + previews where everything and not public_only; end if;
  if public_previews <> 0 then update total set articles = articles + public_previews where everything and public_only; end if;
  if published <> 0 then update total set articles = articles + published where not everything and not public_only; end if;
  if public_published <> 0 then update total set articles = articles + public_published where not everything and public_only; end if;
end $$;

create trigger totals_of_added after insert on content
  referencing new table as added for each statement execute function keep_totals();
create trigger totals_of_changed after update on content
  referencing old table as removed new table as added for each statement execute function keep_totals();
create trigger totals_of_removed after delete on content
  referencing old table as removed for each statement execute function keep_totals();
create trigger totals_of_none after truncate on content for each statement execute function keep_totals();

-- The bodies of large articles: compressed by pglz, an ingest spent most of its time there.
do $$ begin
  alter table content alter column body set compression lz4;
exception when feature_not_supported then
  raise notice 'this PostgreSQL has no lz4; bodies stay compressed by pglz';
end $$;
