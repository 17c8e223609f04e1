import type { DatabaseSync } from 'node:sqlite'

/** Creates the tables of SQS if they do not exist. Times are milliseconds since the epoch, maps are JSON. */
export function createTables(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS sqs_queues (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      region TEXT NOT NULL,
      name TEXT NOT NULL,
      attributes TEXT NOT NULL,
      tags TEXT NOT NULL,
      created INTEGER NOT NULL,
      modified INTEGER NOT NULL,
      purged INTEGER NOT NULL DEFAULT 0,
      UNIQUE (region, name)
    ) STRICT;
    -- A message is visible from visible_at on. Before that it is in flight if it was received, otherwise delayed.
    CREATE TABLE IF NOT EXISTS sqs_messages (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      queue INTEGER NOT NULL REFERENCES sqs_queues (id),
      message_id TEXT NOT NULL,
      sender TEXT NOT NULL,
      body TEXT NOT NULL,
      attributes TEXT NOT NULL,
      trace TEXT,
      sent INTEGER NOT NULL,
      visible_at INTEGER NOT NULL,
      first_received INTEGER,
      last_received INTEGER,
      receives INTEGER NOT NULL DEFAULT 0,
      dead_from TEXT,
      message_group TEXT,
      deduplication TEXT
    ) STRICT;
    CREATE INDEX IF NOT EXISTS sqs_messages_visible ON sqs_messages (queue, visible_at, id);
    CREATE INDEX IF NOT EXISTS sqs_messages_sent ON sqs_messages (queue, sent);
    -- The messages that FIFO queues have accepted in the last five minutes.
    CREATE TABLE IF NOT EXISTS sqs_deduplications (
      queue INTEGER NOT NULL REFERENCES sqs_queues (id),
      scope TEXT NOT NULL,
      deduplication TEXT NOT NULL,
      message INTEGER NOT NULL,
      message_id TEXT NOT NULL,
      expires INTEGER NOT NULL,
      PRIMARY KEY (queue, scope, deduplication)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS sqs_move_tasks (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      source_arn TEXT NOT NULL,
      destination_arn TEXT,
      rate INTEGER,
      last INTEGER NOT NULL
    ) STRICT;
    -- Running tasks and ended ones; the table above has what carries a running one on.
    CREATE TABLE IF NOT EXISTS sqs_move_records (
      id INTEGER PRIMARY KEY,
      handle TEXT NOT NULL,
      source_arn TEXT NOT NULL,
      destination_arn TEXT,
      rate INTEGER,
      started INTEGER NOT NULL,
      status TEXT NOT NULL,
      moved INTEGER NOT NULL,
      to_move INTEGER NOT NULL
    ) STRICT;
    -- Milliseconds by which the time of queues is ahead of the server's.
    CREATE TABLE IF NOT EXISTS sqs_time (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), skipped INTEGER NOT NULL) STRICT;
    INSERT OR IGNORE INTO sqs_time VALUES (1, 0);
  `)
}
