import type { DatabaseSync } from 'node:sqlite'

/**
 * Creates the tables of SWF if they do not exist. Events are stored as the JSON that clients get; open executions are rebuilt from
 * them at start.
 */
export function createTables(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS swf_domain (
      region TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, description TEXT, retention TEXT NOT NULL,
      tags TEXT NOT NULL, PRIMARY KEY (region, name)
    ) WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS swf_type (
      region TEXT NOT NULL, domain TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL,
      status TEXT NOT NULL, description TEXT, created_at INTEGER NOT NULL, deprecated_at INTEGER, defaults TEXT NOT NULL,
      PRIMARY KEY (region, domain, kind, name, version)
    ) WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS swf_execution (
      key INTEGER PRIMARY KEY, region TEXT NOT NULL, domain TEXT NOT NULL, workflow_id TEXT NOT NULL, run_id TEXT NOT NULL UNIQUE,
      type_name TEXT NOT NULL, type_version TEXT NOT NULL, tags TEXT, parent TEXT, cancel_requested INTEGER NOT NULL DEFAULT 0,
      started_at INTEGER NOT NULL, closed_at INTEGER, close_status TEXT
    );
    CREATE UNIQUE INDEX IF NOT EXISTS swf_open ON swf_execution (region, domain, workflow_id) WHERE closed_at IS NULL;
    CREATE INDEX IF NOT EXISTS swf_started ON swf_execution (region, domain, started_at);
    CREATE INDEX IF NOT EXISTS swf_closed ON swf_execution (region, domain, closed_at) WHERE closed_at IS NOT NULL;

    CREATE TABLE IF NOT EXISTS swf_event (
      execution INTEGER NOT NULL, id INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (execution, id)
    ) WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS swf_heartbeat (
      execution INTEGER NOT NULL, activity INTEGER NOT NULL, at INTEGER NOT NULL, details TEXT,
      PRIMARY KEY (execution, activity)
    ) WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS swf_time (
      region TEXT NOT NULL, domain TEXT NOT NULL, now INTEGER NOT NULL, auto_skip TEXT NOT NULL, PRIMARY KEY (region, domain)
    ) WITHOUT ROWID;
  `)
}
