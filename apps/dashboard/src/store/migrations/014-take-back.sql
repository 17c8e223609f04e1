-- A publication that a person asks for is held for some seconds, in which it can be taken back: `held_until` is when it may
-- be sent. One that was taken back has the result 'cancelled'.
alter table request add column held_until timestamptz;
alter table request drop constraint request_result_check;
alter table request add constraint request_result_check check (result in ('queued', 'error', 'done', 'cancelled'));

create or replace view activity_log as
  select 'r' || id as key, requested_at as at, requested_by as actor,
    case kind when 'publish' then case when forced then 'publish again' else 'publish' end when 'run again' then 'rerun'
      when 'set aside' then 'dismiss' else 'restore' end as action,
    article, version, run, '' as subject, '' as detail, why,
    case result when 'error' then 'refused' when 'cancelled' then 'taken back' else 'done' end as result, reason
  from request
  union all
  select 'a' || id, at, actor, action, article, version, run, subject, detail, why, 'done', '' from activity;

-- Who looked at the preview of which run, and when last.
create table preview_look (
  article text not null,
  version integer not null,
  run text not null,
  account text not null,
  looked_at timestamptz not null default clock_timestamp(),
  primary key (article, run, account)
);
