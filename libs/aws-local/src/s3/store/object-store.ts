import type { DatabaseSync } from 'node:sqlite'
import { numberIn, optionalTextIn, textIn, type Row } from '../../shared/rows.ts'
import type { Checksum } from '../model/checksums.ts'
import type { Description } from '../model/description.ts'
import type { Segment } from '../model/range.ts'

/** A stored object. */
export interface StoredObject {
  readonly bucket: string
  readonly key: string
  readonly size: number
  /** Without quotes. */
  readonly etag: string
  /** Milliseconds since the epoch, rounded down to whole seconds, as S3 reports it. */
  readonly modified: number
  /** The files whose bytes make the object, in order: one, or one for each part of a multipart upload. */
  readonly segments: readonly Segment[]
  readonly description: Description
  readonly checksum: Checksum | undefined
}

const toObject = (row: Row): StoredObject => {
  const checksum = optionalTextIn(row, 'checksum')
  return {
    bucket: textIn(row, 'bucket'),
    key: textIn(row, 'key'),
    size: numberIn(row, 'size'),
    etag: textIn(row, 'etag'),
    modified: numberIn(row, 'modified'),
    segments: JSON.parse(textIn(row, 'segments')),
    description: JSON.parse(textIn(row, 'description')),
    checksum: checksum === undefined ? undefined : JSON.parse(checksum),
  }
}

/** The rows of the objects. */
export type ObjectStore = ReturnType<typeof createObjectStore>

export function createObjectStore(db: DatabaseSync) {
  const get = db.prepare('SELECT * FROM s3_objects WHERE bucket = ? AND key = ?')
  const put = db.prepare(`
    INSERT OR REPLACE INTO s3_objects (bucket, key, size, etag, modified, segments, description, checksum)
    VALUES (:bucket, :key, :size, :etag, :modified, :segments, :description, :checksum)`)
  const describe = db.prepare('UPDATE s3_objects SET description = ? WHERE bucket = ? AND key = ?')
  const remove = db.prepare('DELETE FROM s3_objects WHERE bucket = ? AND key = ?')
  const from = db.prepare('SELECT * FROM s3_objects WHERE bucket = ? AND key >= ? ORDER BY key')
  const any = db.prepare('SELECT 1 FROM s3_objects WHERE bucket = ? LIMIT 1')
  const files = db.prepare(`
    SELECT json_extract(segment.value, '$.file') AS file FROM s3_objects, json_each(segments) AS segment
    UNION ALL SELECT file FROM s3_parts`)

  return {
    get(bucket: string, key: string): StoredObject | undefined {
      const row = get.get(bucket, key)
      return row && toObject(row)
    },
    put(object: StoredObject): void {
      put.run({
        ...object,
        segments: JSON.stringify(object.segments),
        description: JSON.stringify(object.description),
        checksum: object.checksum ? JSON.stringify(object.checksum) : null,
      })
    },
    describe: ({ bucket, key }: StoredObject, description: Description): void =>
      void describe.run(JSON.stringify(description), bucket, key),
    remove: ({ bucket, key }: StoredObject): void => void remove.run(bucket, key),
    isEmpty: (bucket: string): boolean => any.get(bucket) === undefined,
    /** The objects of a bucket from a key on, itself included, in the order of their keys. */
    *from(bucket: string, key: string): Generator<StoredObject, undefined> {
      for (const row of from.iterate(bucket, key)) yield toObject(row)
    },
    /** The files of all objects and parts. */
    files: (): Set<string> => new Set(files.all().map((row) => textIn(row, 'file'))),
  }
}
