-- The transaction that took a message in: the feed shows it only when no earlier one can still appear before it.
alter table message add column transaction xid8 not null default pg_current_xact_id();
