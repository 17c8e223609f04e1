-- What was done to many articles at once, with a result for each; `before` is what undoing brings back.
create table batch (
  id uuid primary key,
  act text not null check (act in ('dismiss', 'restore', 'rerun', 'schedule', 'assign')),
  made_by text not null,
  made_at timestamptz not null default clock_timestamp(),
  why text not null default '',
  -- The assignee or the time, where the act has one.
  value text not null default '',
  undone_at timestamptz
);
create table batch_item (
  batch uuid not null references batch,
  position integer not null,
  article text not null,
  version integer not null,
  run text not null,
  -- Empty where it was done.
  refusal text not null default '',
  before text not null default '',
  primary key (batch, position)
);
