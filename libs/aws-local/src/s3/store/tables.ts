import type { DatabaseSync } from 'node:sqlite'

/** Creates the tables of S3 if they do not exist. Times are milliseconds since the epoch; segments, descriptions and checksums are JSON. */
export function createTables(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS s3_buckets (
      name TEXT PRIMARY KEY,
      created INTEGER NOT NULL,
      region TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- Configurations of buckets: policy, cors, notification.
    CREATE TABLE IF NOT EXISTS s3_configurations (
      bucket TEXT NOT NULL REFERENCES s3_buckets (name) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (bucket, kind)
    ) STRICT, WITHOUT ROWID;
    -- Text is compared by its UTF-8 bytes, which is the order of S3's lists.
    CREATE TABLE IF NOT EXISTS s3_objects (
      bucket TEXT NOT NULL REFERENCES s3_buckets (name),
      key TEXT NOT NULL,
      size INTEGER NOT NULL,
      etag TEXT NOT NULL,
      modified INTEGER NOT NULL,
      segments TEXT NOT NULL,
      description TEXT NOT NULL,
      checksum TEXT,
      PRIMARY KEY (bucket, key)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS s3_uploads (
      id TEXT PRIMARY KEY,
      bucket TEXT NOT NULL REFERENCES s3_buckets (name) ON DELETE CASCADE,
      key TEXT NOT NULL,
      initiated INTEGER NOT NULL,
      description TEXT NOT NULL,
      algorithm TEXT,
      checksum_type TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS s3_uploads_key ON s3_uploads (bucket, key, initiated);
    CREATE TABLE IF NOT EXISTS s3_parts (
      upload TEXT NOT NULL REFERENCES s3_uploads (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      file TEXT NOT NULL,
      size INTEGER NOT NULL,
      etag TEXT NOT NULL,
      checksum TEXT,
      modified INTEGER NOT NULL,
      PRIMARY KEY (upload, number)
    ) STRICT, WITHOUT ROWID;
    -- Counts the events of the server; one row.
    CREATE TABLE IF NOT EXISTS s3_sequence (last INTEGER NOT NULL) STRICT;
    INSERT INTO s3_sequence SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM s3_sequence);
  `)
}
