import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, namesFor, provision, type Names } from '@continuum/aws-resources'
import { createLogger, startEmbeddedPostgres } from '@continuum/service'

/** A process that is measured. */
export interface Server {
  readonly url: string
  readonly pid: number
  /** Ends it, once; the bench ends it by itself when it is over. */
  readonly stop: () => Promise<void>
}

/** The database and the AWS of a bench, on which its services run. */
export interface Services {
  readonly databaseUrl: string
  readonly names: Names
  /** Starts a program of the repository as a process of its own, and waits until it is ready. */
  readonly start: (script: string, env: Record<string, string>, ...args: string[]) => Promise<Server>
}

/** The settings that every service has. */
export const commonSettings = {
  PREFIX: 'bench-',
  ORGANISATION: 'continuum',
  PORT: '0',
  JOURNALS: JSON.stringify([
    { name: 'eLife', publisher: 'P', prefix: 'elife', doiPrefix: '10.7554/eLife.', idDigits: 5, publicApi: true },
  ]),
}

/** Starts a database and an AWS for a bench; `stack` ends them, and the processes before them. */
export async function startServices(stack: AsyncDisposableStack): Promise<Services> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const logger = createLogger({ service: 'bench', level: 'error' })
  const database = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), port: 0, logger, throwAway: true })
  stack.defer(() => database.stop())
  const aws = await startAwsLocal({})
  stack.defer(() => aws.close())
  const credentials = { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }
  Object.assign(process.env, credentials)
  const clients = createClients({ region: 'us-east-1' })
  const names = namesFor(commonSettings)
  await provision(clients, names, () => undefined)
  for (const client of Object.values(clients)) client.destroy()

  const start = async (script: string, env: Record<string, string>, ...args: string[]): Promise<Server> => {
    const child = spawn(process.execPath, [fileURLToPath(new URL(`../${script}`, import.meta.url)), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], LOG_LEVEL: 'error', ...credentials, ...env },
    })
    const ended = new Promise((resolve) => child.once('close', resolve))
    const stop = async () => {
      child.kill('SIGTERM')
      await ended
    }
    stack.defer(stop)
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('"event":"ready"')) return { url: String(JSON.parse(line).url), pid: child.pid ?? 0, stop }
    }
    throw new Error(`${script} did not start`)
  }
  return { databaseUrl: database.url, names, start }
}
