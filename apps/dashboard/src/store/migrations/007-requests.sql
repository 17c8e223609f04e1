-- Whatever people, machines and schedules asked for about a run, by `kind`; what is done at once has the result 'done'.
alter table publication_request rename to request;
alter table request add column kind text not null default 'publish'
  check (kind in ('publish', 'run again', 'set aside', 'take back'));
alter table request drop constraint publication_request_result_check;
alter table request add constraint request_result_check check (result in ('queued', 'error', 'done'));
