import type { DatabaseSync } from 'node:sqlite'
import { numberIn, optionalTextIn, textIn, type Row } from '../../shared/rows.ts'
import { parseAlgorithm, type Checksum, type ChecksumAlgorithm } from '../model/checksums.ts'
import type { Description } from '../model/description.ts'

/** A multipart upload that is neither completed nor aborted. */
export interface Upload {
  readonly id: string
  readonly bucket: string
  readonly key: string
  readonly initiated: number
  readonly description: Description
  readonly algorithm: ChecksumAlgorithm | undefined
  readonly checksumType: Checksum['type'] | undefined
}

/** One uploaded part; 1 to 10,000. */
export interface Part {
  readonly number: number
  readonly file: string
  readonly size: number
  readonly etag: string
  readonly checksum: Checksum | undefined
  readonly modified: number
}

const toUpload = (row: Row): Upload => {
  const type = optionalTextIn(row, 'checksum_type')
  return {
    id: textIn(row, 'id'),
    bucket: textIn(row, 'bucket'),
    key: textIn(row, 'key'),
    initiated: numberIn(row, 'initiated'),
    description: JSON.parse(textIn(row, 'description')),
    algorithm: parseAlgorithm(optionalTextIn(row, 'algorithm')),
    checksumType: type === 'COMPOSITE' || type === 'FULL_OBJECT' ? type : undefined,
  }
}

const toPart = (row: Row): Part => {
  const checksum = optionalTextIn(row, 'checksum')
  return {
    number: numberIn(row, 'number'),
    file: textIn(row, 'file'),
    size: numberIn(row, 'size'),
    etag: textIn(row, 'etag'),
    checksum: checksum === undefined ? undefined : JSON.parse(checksum),
    modified: numberIn(row, 'modified'),
  }
}

/** The rows of multipart uploads and their parts. */
export type UploadStore = ReturnType<typeof createUploadStore>

export function createUploadStore(db: DatabaseSync) {
  const get = db.prepare('SELECT * FROM s3_uploads WHERE id = ? AND bucket = ? AND key = ?')
  const inBucket = db.prepare('SELECT * FROM s3_uploads WHERE bucket = ? ORDER BY key, initiated, id')
  const insert = db.prepare(`
    INSERT INTO s3_uploads (id, bucket, key, initiated, description, algorithm, checksum_type)
    VALUES (:id, :bucket, :key, :initiated, :description, :algorithm, :checksumType)`)
  const remove = db.prepare('DELETE FROM s3_uploads WHERE id = ?')
  const parts = db.prepare('SELECT * FROM s3_parts WHERE upload = ? ORDER BY number')
  const part = db.prepare('SELECT * FROM s3_parts WHERE upload = ? AND number = ?')
  const putPart = db.prepare(`
    INSERT OR REPLACE INTO s3_parts (upload, number, file, size, etag, checksum, modified)
    VALUES (:upload, :number, :file, :size, :etag, :checksum, :modified)`)

  return {
    get(bucket: string, key: string, id: string): Upload | undefined {
      const row = get.get(id, bucket, key)
      return row && toUpload(row)
    },
    /** All uploads of a bucket by key, then by age. */
    inBucket: (bucket: string): Upload[] => inBucket.all(bucket).map(toUpload),
    insert(upload: Upload): void {
      insert.run({
        ...upload,
        description: JSON.stringify(upload.description),
        algorithm: upload.algorithm ?? null,
        checksumType: upload.checksumType ?? null,
      })
    },
    /** Removes an upload and the rows of its parts. */
    remove: (id: string): void => void remove.run(id),
    parts: (upload: string): Part[] => parts.all(upload).map(toPart),
    part(upload: string, number: number): Part | undefined {
      const row = part.get(upload, number)
      return row && toPart(row)
    },
    putPart: (upload: string, value: Part): void =>
      void putPart.run({ ...value, upload, checksum: value.checksum ? JSON.stringify(value.checksum) : null }),
  }
}
