-- An article is known by its id, a text: the padded number of the default journal's articles, and prefix and number of all others.
-- Numbers that are there already are of the default journal. They are padded as they were posted, or to five digits.
alter table edition add column id text;
update edition set id = lpad(edition.article::text, digits.most, '0')
from (
  select article, greatest(5, length(article::text), max(length(eif::json ->> 'article-id'))) as most
  from edition group by article
) as digits
where digits.article = edition.article;
drop index edition_latest;
alter table edition drop constraint edition_pkey, drop column article;
alter table edition rename column id to article;
alter table edition
  alter column article set not null,
  add check (article ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  add primary key (article, version, stage);
create index edition_latest on edition ((coalesce(updated, published)) desc, length(article) desc, article desc)
  where stage = 'published';
