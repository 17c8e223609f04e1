-- Who asked for which publication, when, and what came of it. `batch` groups what was asked for in one go; `message` is
-- what is sent to the starter queue, and `sent_at` when it was.
create table publication_request (
  id bigint generated always as identity primary key,
  batch uuid not null,
  article text not null,
  version integer,
  run text,
  forced boolean not null,
  requested_by text not null,
  requested_at timestamptz not null default clock_timestamp(),
  result text not null check (result in ('queued', 'error')),
  reason text not null default '',
  message json,
  sent_at timestamptz
);
create index publication_request_of_article on publication_request (article);
create index publication_request_of_batch on publication_request (batch);
create index publication_request_unsent on publication_request (id) where result = 'queued' and sent_at is null;
