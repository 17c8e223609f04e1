-- What people ask of executions: stored first, then done by whichever process comes first. `leased_until` keeps others away from an
-- act that is being done; one whose lease is over may have reached SWF, and `tries` says so.
create table execution_act (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('try now', 'terminate', 'rerun')),
  workflow_id text not null,
  run_id text not null,
  -- The attempt that is to begin at once: PostToSite#3.
  attempt text not null default '',
  -- The article that the execution is about, where it is known.
  article text,
  requested_by text not null,
  requested_at timestamptz not null default clock_timestamp(),
  why text not null default '',
  result text not null default 'queued' check (result in ('queued', 'done', 'error')),
  -- The reason of a refusal.
  reason text not null default '',
  -- The run that a rerun started.
  new_run text not null default '',
  tries integer not null default 0,
  leased_until timestamptz
);
create index execution_act_queued on execution_act (id) where result = 'queued';
create index execution_act_by_time on execution_act (requested_at);
create index execution_act_of_execution on execution_act (workflow_id, id);

create or replace view activity_log as
  select 'r' || id as key, requested_at as at, requested_by as actor,
    case kind when 'publish' then case when forced then 'publish again' else 'publish' end when 'run again' then 'rerun'
      when 'set aside' then 'dismiss' when 'take back' then 'restore' else kind end as action,
    article, version, run, '' as subject, '' as detail, why,
    case result when 'error' then 'refused' when 'cancelled' then 'taken back' else 'done' end as result, reason
  from request
  union all
  select 'a' || id, at, actor, action, article, version, run, subject, detail, why, 'done', '' from activity
  union all
  select 'e' || id, requested_at, requested_by,
    case kind when 'rerun' then 'rerun execution' when 'terminate' then 'terminate execution' else 'try step now' end,
    article, null, null, workflow_id,
    case kind when 'try now' then attempt else 'run ' || run_id end
      || case when new_run = '' then '' else ', now ' || new_run end,
    why, case result when 'error' then 'refused' when 'queued' then 'waiting' else 'done' end, reason
  from execution_act;

-- The grid of steps by days looks at the newest events.
create index message_events_by_time on message (sent) where kind = 'event';
