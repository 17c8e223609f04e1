-- People withdraw articles from readers, and give them back.
alter table request drop constraint if exists publication_request_kind_check;
alter table request drop constraint if exists request_kind_check;
alter table request add constraint request_kind_check
  check (kind in ('publish', 'run again', 'set aside', 'take back', 'withdraw', 'reinstate'));

create or replace view activity_log as
  select 'r' || id as key, requested_at as at, requested_by as actor,
    case kind when 'publish' then case when forced then 'publish again' else 'publish' end when 'run again' then 'rerun'
      when 'set aside' then 'dismiss' when 'take back' then 'restore' else kind end as action,
    article, version, run, '' as subject, '' as detail, why,
    case result when 'error' then 'refused' when 'cancelled' then 'taken back' else 'done' end as result, reason
  from request
  union all
  select 'a' || id, at, actor, action, article, version, run, subject, detail, why, 'done', '' from activity;
