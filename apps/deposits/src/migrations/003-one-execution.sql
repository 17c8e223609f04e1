-- All deposits of a publication have one execution. Those that were planned before keep one each, until they have ended.
alter table deposit add column together boolean not null default false;
