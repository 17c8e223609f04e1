import { randomBytes } from 'node:crypto'
import {
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
    mkdirSync(data.logs, { recursive: true, mode: 0o755 })
  } catch (error) {
    throw new UserError(`Can't create the data directory ${path}: ${oneLine(error)}`)
  }
  return data
}

/** Entries that a start writes; anything else in the directory belongs to the user. */
const ours = ['aws', 'postgres', 'recipients', 'logs', 'secrets.json', 'processes.json', 'deliveries.json']

/** Deletes all earlier state (`--fresh`), but not the compile cache. No process of it may be running. */
export function clearDataDirectory(data: DataDirectory): void {
  // As root the database may lie elsewhere, with a symbolic link in its place.
  const elsewhere = lstatSync(data.postgres, { throwIfNoEntry: false })?.isSymbolicLink()
    ? readlinkSync(data.postgres)
    : ''
  if (elsewhere.startsWith('/var/lib/continuum/')) rmSync(elsewhere, { recursive: true, force: true })
  for (const name of ours) rmSync(join(data.path, name), { recursive: true, force: true })
  mkdirSync(data.logs, { recursive: true, mode: 0o755 })
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

/** The local environment's secrets: generated at the first start, then kept. One that a new release adds is generated then. */
export function secretsOf(data: DataDirectory): Secrets {
  const kept = readState(data, 'secrets.json', Secrets) ?? {}
  const draw = () => randomBytes(24).toString('base64url')
  const drawn: Secrets = {
    'lax-token': draw(),
    'site-password': draw(),
    'preview-secret': draw(),
    'sign-in-secret': draw(),
    'session-secret': draw(),
    'dashboard-token': draw(),
    'metrics-token': draw(),
    'counter-key': draw(),
    'deposits-token': draw(),
    // Nobody draws the passwords of others; the stand-ins take theirs from everybody.
    'recipient-credentials': '{}',
    ...kept,
  }
  // A secret that an earlier version did not have is drawn now.
  if (secretNames.some((name) => kept[name] === undefined)) writeState(data, 'secrets.json', drawn)
  return drawn
}
