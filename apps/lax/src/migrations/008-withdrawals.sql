-- Articles that were withdrawn: who asked for it, and why. What readers saw of them is kept apart, so that it can come back.
create table withdrawal (
  article text        primary key,
  who     text        not null,
  why     text        not null, -- readers see it
  at      timestamptz not null
);

create table withdrawn_content (like content);
create index withdrawn_content_article on withdrawn_content (article);

alter table event drop constraint event_event_check;
alter table event add check (event in ('ingest', 'publish', 'fragment', 'fragment removed', 'withdraw', 'reinstate'));
