import type { DatabaseSync } from 'node:sqlite'
import { numberIn, textIn, type Row } from '../../shared/rows.ts'

export interface Bucket {
  readonly name: string
  readonly created: number
  readonly region: string
}

/** The configurations of a bucket, each stored as the text received. */
export type Configuration = 'policy' | 'cors' | 'notification' | 'public-access-block'

const toBucket = (row: Row): Bucket => ({
  name: textIn(row, 'name'),
  created: numberIn(row, 'created'),
  region: textIn(row, 'region'),
})

/** The rows of the buckets. */
export type BucketStore = ReturnType<typeof createBucketStore>

export function createBucketStore(db: DatabaseSync) {
  const byName = db.prepare('SELECT * FROM s3_buckets WHERE name = ?')
  const all = db.prepare('SELECT * FROM s3_buckets ORDER BY name')
  const insert = db.prepare('INSERT INTO s3_buckets (name, created, region) VALUES (?, ?, ?)')
  const remove = db.prepare('DELETE FROM s3_buckets WHERE name = ?')
  const configuration = db.prepare('SELECT document FROM s3_configurations WHERE bucket = ? AND kind = ?')
  const configure = db.prepare('INSERT OR REPLACE INTO s3_configurations (bucket, kind, document) VALUES (?, ?, ?)')
  const removeConfiguration = db.prepare('DELETE FROM s3_configurations WHERE bucket = ? AND kind = ?')
  const nextSequence = db.prepare('UPDATE s3_sequence SET last = last + 1 RETURNING last')

  return {
    get(name: string): Bucket | undefined {
      const row = byName.get(name)
      return row && toBucket(row)
    },
    /** All buckets, A to Z. */
    all: (): Bucket[] => all.all().map(toBucket),
    insert: ({ name, created, region }: Bucket): void => void insert.run(name, created, region),
    /** Removes an empty bucket, with its configurations and unfinished uploads. */
    remove: (name: string): void => void remove.run(name),
    configuration(bucket: string, kind: Configuration): string | undefined {
      const row = configuration.get(bucket, kind)
      return row && textIn(row, 'document')
    },
    /** Sets a configuration; undefined removes it. */
    configure(bucket: string, kind: Configuration, document: string | undefined): void {
      if (document === undefined) removeConfiguration.run(bucket, kind)
      else configure.run(bucket, kind, document)
    },
    /** A number that increases with every call: the order of events. */
    nextSequence: (): number => numberIn(nextSequence.get() ?? {}, 'last'),
  }
}
