-- What the lists are filtered, sorted and searched by: derived with the rest of a row. Every filter has an index.
alter table current_run
  add column journal text not null default '',
  add column subjects text[] not null default '{}',
  -- The kind of article in the journal's words.
  add column kind text not null default '',
  add column status text not null default '',
  add column findings integer not null default 0,
  add column step text not null default '',
  -- The error that ended it, without the numbers and names that differ from one article to the next.
  add column cause text not null default '',
  add column arrived timestamptz,
  add column due timestamptz,
  -- How a published run was published: by a person, the clock or a rule.
  add column via text not null default '',
  add column sort_title text not null default '',
  -- The words of authors, title, DOI, number, errors and notes.
  add column words tsvector not null default '',
  drop column search;
alter table article drop column search;

create index current_run_by_time on current_run (since, article, version, run);
create index current_run_by_title on current_run (sort_title, article, version, run);
create index current_run_of_journal on current_run (journal, since);
create index current_run_of_subject on current_run using gin (subjects);
create index current_run_of_kind on current_run (kind, since);
create index current_run_of_status on current_run (status, since);
create index current_run_with_findings on current_run (since) where findings > 0;
create index current_run_of_step on current_run (step, since);
create index current_run_of_cause on current_run (cause, since) where cause <> '';
create index current_run_by_arrival on current_run (arrived);
create index current_run_by_due on current_run (due) where due is not null;
create index current_run_by_via on current_run (via, since) where via <> '';
create index current_run_by_words on current_run using gin (words);

-- Every run that was published or dismissed: rows of the same shape.
create table archived_run (like current_run including all);
alter table archived_run add foreign key (article) references article on delete cascade;

-- Every value that a filter may have, so that a page need not look at all rows to offer them.
create table list_value (
  facet text not null,
  value text not null,
  primary key (facet, value)
);
