import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { secretNames, type SecretName } from '@continuum/environments'
import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { oneLine } from '../errors/one-line.ts'
import { UserError } from '../errors/user-error.ts'

/** The data directory of a local environment: the only place that `npm start` writes to. */
export interface DataDirectory {
  readonly path: string
  readonly logs: string
  readonly aws: string
  readonly postgres: string
  /** The files that arrived at the stand-ins of the recipients. */
  readonly recipients: string
  /** Node's compile cache, for a faster next start. */
  readonly compiled: string
}

export function openDataDirectory(folder: string, base: string): DataDirectory {
  if (folder.trim() === '') throw new UserError('--data names no folder.')
  const path = resolve(base, folder)
  const data = {
    path,
    logs: join(path, 'logs'),
    aws: join(path, 'aws'),
    postgres: join(path, 'postgres'),
    recipients: join(path, 'recipients'),
    compiled: join(path, 'compiled'),
  }
  try {
    makeClosed(data)
  } catch (error) {
    throw new UserError(`Can't create the data directory ${path}: ${oneLine(error)}`)
  }
  return data
}

/**
 * Creates the folders, closed to the other users of the machine: they hold unpublished articles. Root's PostgreSQL runs under another
 * account, which must be able to pass through, not to look around.
 */
function makeClosed({ path, logs }: DataDirectory): void {
  mkdirSync(path, { recursive: true })
  chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700)
  mkdirSync(logs, { recursive: true })
  chmodSync(logs, 0o700)
}

/** Entries that a start writes; anything else in the directory belongs to the user. */
const ours = ['aws', 'postgres', 'recipients', 'logs', 'secrets.json', 'processes.json', 'deliveries.json']

/**
 * Deletes all earlier state (`--fresh`), but not the compile cache, and not the keys of aws-local: this process has read its own
 * already. No process of it may be running.
 */
export function clearDataDirectory(data: DataDirectory): void {
  // As root the database may lie elsewhere, with a symbolic link in its place.
  const elsewhere = lstatSync(data.postgres, { throwIfNoEntry: false })?.isSymbolicLink()
    ? readlinkSync(data.postgres)
    : ''
  if (elsewhere.startsWith('/var/lib/continuum/')) rmSync(elsewhere, { recursive: true, force: true })
  for (const name of ours) rmSync(join(data.path, name), { recursive: true, force: true })
  makeClosed(data)
}

/** Reads one of the folder's JSON files; undefined where it is absent, unreadable or of another shape (it is then created again). */
export function readState<S extends TSchema>(data: DataDirectory, file: string, schema: S): Static<S> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(join(data.path, file), 'utf8'))
    return Value.Check(schema, value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Writes one of the folder's JSON files whole or not at all, readable by its owner only. */
export function writeState(data: DataDirectory, file: string, value: unknown): void {
  const temporary = join(data.path, `${file}.${process.pid}`)
  const descriptor = openSync(temporary, 'w', 0o600)
  try {
    writeSync(descriptor, `${JSON.stringify(value, null, 2)}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(temporary, join(data.path, file))
}

const Secrets = Type.Partial(Type.Record(Type.Enum([...secretNames]), Type.String()))
export type Secrets = Readonly<Record<SecretName, string>>

/** The local environment's secrets: generated at the first start, then kept; those of a newer version are added. */
export function secretsOf(data: DataDirectory): Secrets {
  const kept = readState(data, 'secrets.json', Secrets) ?? {}
  const draw = () => randomBytes(24).toString('base64url')
  const secrets: Secrets = {
    'lax-token': kept['lax-token'] ?? draw(),
    'lax-read-token': kept['lax-read-token'] ?? draw(),
    'site-password': kept['site-password'] ?? draw(),
    'preview-secret': kept['preview-secret'] ?? draw(),
    'sign-in-secret': kept['sign-in-secret'] ?? draw(),
    'session-secret': kept['session-secret'] ?? draw(),
    'dashboard-token': kept['dashboard-token'] ?? draw(),
    'metrics-token': kept['metrics-token'] ?? draw(),
    'counter-key': kept['counter-key'] ?? draw(),
    'deposits-token': kept['deposits-token'] ?? draw(),
    'database-dashboard': kept['database-dashboard'] ?? draw(),
    'database-lax': kept['database-lax'] ?? draw(),
    'database-journal': kept['database-journal'] ?? draw(),
    'database-metrics': kept['database-metrics'] ?? draw(),
    'database-deposits': kept['database-deposits'] ?? draw(),
    'database-starter': kept['database-starter'] ?? draw(),
    // Nobody draws the passwords of others; the stand-ins take theirs, and `stand-in`, from everybody.
    'recipient-credentials': kept['recipient-credentials'] ?? '{}',
    'openid-client-secret': kept['openid-client-secret'] ?? 'stand-in',
    'mail-password': kept['mail-password'] ?? 'stand-in',
  }
  if (secretNames.some((name) => kept[name] === undefined)) writeState(data, 'secrets.json', secrets)
  return secrets
}

/** The file with the keys of aws-local, which it reads itself. */
export const awsKeysFile = 'aws-keys.json'

/** An access key of aws-local. */
export interface AwsKey {
  readonly id: string
  readonly secret: string
}

const AwsKeys = Type.Record(Type.String({ pattern: '^\\w{3,128}$' }), Type.String({ minLength: 1 }))

/** The key of the local environment's SWF, SQS and S3: drawn at the first start, then kept, readable by its owner only. */
export function awsKeyOf(data: DataDirectory): AwsKey {
  const [kept] = Object.entries(readState(data, awsKeysFile, AwsKeys) ?? {})
  if (kept) return { id: kept[0], secret: kept[1] }
  const drawn = {
    id: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
    secret: randomBytes(30).toString('base64url'),
  }
  writeState(data, awsKeysFile, { [drawn.id]: drawn.secret })
  return drawn
}
