-- What people, machines and the command line did that is no request about a run: schedules, sign-ins, recipients, people.
-- Nothing is deleted from it.
create table activity (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  action text not null,
  article text,
  version integer,
  run text,
  -- Who or what was acted on, where that is no article: a recipient, an account.
  subject text not null default '',
  detail text not null default '',
  why text not null default ''
);
create index activity_by_time on activity (at);
create index activity_of_article on activity (article, at) where article is not null;
create index request_by_time on request (requested_at);
alter table request add column why text not null default '';

insert into activity (at, actor, action, article, version, run, detail)
  select set_at, set_by, 'schedule', article, version, run,
    'for ' || to_char(due at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')
  from schedule;
insert into activity (at, actor, action, subject)
  select dismissed_at, dismissed_by, 'dismiss delivery', message_id from dismissal;

-- All that was done, whoever did it. `key` orders what was done at the same instant.
create view activity_log as
  select 'r' || id as key, requested_at as at, requested_by as actor,
    case kind when 'publish' then case when forced then 'publish again' else 'publish' end when 'run again' then 'rerun'
      when 'set aside' then 'dismiss' else 'restore' end as action,
    article, version, run, '' as subject, '' as detail, why,
    case result when 'error' then 'refused' else 'done' end as result, reason
  from request
  union all
  select 'a' || id, at, actor, action, article, version, run, subject, detail, why, 'done', '' from activity;
