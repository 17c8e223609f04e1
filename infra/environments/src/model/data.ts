/** The parts of an environment that keep its data. */
import { Type } from 'typebox'

/** The database: what it is, how it is backed up, and what it is restored from. */
export const Database = Type.Object({
  engine: Type.Union([Type.Literal('rds'), Type.Literal('aurora-serverless')]),
  version: Type.String({
    pattern: '^1[4-8]$',
    description: 'the major version of PostgreSQL; it can only be raised',
  }),
  upgrade: Type.Optional(
    Type.Boolean({ description: 'true while the major version is being raised: allows that, and does it at once' }),
  ),
  class: Type.Optional(Type.String({ pattern: '^db\\.', description: 'class of an RDS instance: db.t4g.micro' })),
  storageGigabytes: Type.Optional(Type.Integer({ minimum: 20, maximum: 65_536 })),
  capacity: Type.Optional(
    Type.Object({
      least: Type.Number({ minimum: 0, maximum: 256, description: 'ACU of Aurora Serverless; 0 pauses when idle' }),
      most: Type.Number({ minimum: 1, maximum: 256 }),
    }),
  ),
  twoZones: Type.Boolean({ description: 'a standby in a second zone' }),
  backupDays: Type.Integer({ minimum: 1, maximum: 35 }),
  /** The origin of one that does not exist yet. A database that exists is left as it is, whatever is said here. */
  restoreFrom: Type.Optional(
    Type.Object({
      snapshot: Type.Optional(
        Type.String({
          pattern: '^[A-Za-z][\\w:./-]*$',
          description: 'the identifier or ARN of a snapshot, such as ct-database-final',
        }),
      ),
      database: Type.Optional(
        Type.String({
          pattern: '^[a-z][a-zA-Z0-9-]*$',
          description: 'the identifier of a database, or the resource id (db-..., cluster-...) of a deleted one',
        }),
      ),
      time: Type.Optional(
        Type.String({
          pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$',
          description: 'the instant of `database` that is restored; absent: the latest',
        }),
      ),
    }),
  ),
})

/** A copy of the archive bucket, which outlives the environment's own. */
export const ArchiveCopy = Type.Object({
  region: Type.String({ pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$', description: 'the AWS region of the copy' }),
  account: Type.Optional(
    Type.String({
      pattern: '^[0-9]{12}$',
      description: 'its account, whose owner makes the bucket; absent: this one',
    }),
  ),
  bucket: Type.Optional(
    Type.String({
      pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
      description: 'its name; by default that of the archive with -copy behind it',
    }),
  ),
})
