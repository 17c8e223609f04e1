import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { S3Client } from '@aws-sdk/client-s3'
import { embeddedPostgresUrl } from '@continuum/service'
import postgres, { type Sql } from 'postgres'
import { cpuOf, memoryOf } from './processes.ts'

/** An environment that runs, as `npm start` starts it. */
export interface Environment extends AsyncDisposable {
  readonly s3: S3Client
  readonly sql: Sql
  /** Processor time so far by process, in ms. */
  readonly cpu: () => ReadonlyMap<string, number>
  /** Memory (PSS) now by process, in MB. */
  readonly memory: () => ReadonlyMap<string, number>
}

const settings = [
  'AWS_PORT',
  'DASHBOARD_PORT',
  'JOURNAL_PORT',
  'LAX_PORT',
  'POSTGRES_PORT',
  'API_PORT',
  'METRICS_PORT',
  'DEPOSITS_PORT',
] as const

/** Starts an environment of the bench's own: a data directory and ports that go with it. */
export async function startEnvironment(): Promise<Environment> {
  const stack = new AsyncDisposableStack()
  const data = mkdtempSync(join(tmpdir(), 'bench-many-'))
  stack.defer(() => rmSync(data, { recursive: true, force: true }))
  const first = await freeRow(settings.length + 6)
  const ports = Object.fromEntries([...settings, 'HEALTH_PORT'].map((name, at) => [name, String(first + at)]))
  // The health ports of both processes come before it.
  ports['STANDINS_PORT'] = String(first + settings.length + 2)
  const main = fileURLToPath(new URL('../../apps/continuum/src/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, 'start', '--fresh', '--data', data], {
    env: { ...process.env, ...ports },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  stack.defer(async () => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  })
  const lines = createInterface({ input: child.stdout })
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.includes('Ctrl-C stops') && resolve())
    lines.once('close', () => reject(new Error('the environment did not start')))
  })
  const keys: Record<string, string> = JSON.parse(readFileSync(join(data, 'aws-keys.json'), 'utf8'))
  const [[accessKeyId, secretAccessKey] = ['', '']] = Object.entries(keys)
  const credentials = { accessKeyId, secretAccessKey }
  const endpoint = `http://127.0.0.1:${ports['AWS_PORT']}`
  const s3 = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true })
  stack.defer(() => s3.destroy())
  const port = Number(ports['POSTGRES_PORT'])
  const sql = postgres(embeddedPostgresUrl({ dataDir: join(data, 'postgres'), port }), { max: 1 })
  stack.defer(() => sql.end({ timeout: 1 }))

  const names = () => {
    const { processes }: { processes: { name: string; pid?: number }[] } = JSON.parse(
      readFileSync(join(data, 'processes.json'), 'utf8'),
    )
    return new Map(processes.flatMap(({ name, pid }) => (pid === undefined ? [] : [[pid, name] as const])))
  }
  const root = child.pid ?? 0
  return {
    s3,
    sql,
    cpu: () => cpuOf(root, names()),
    memory: () => memoryOf(root, names()),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** The first of so many ports in a row that were free a moment ago, below those that the system gives to whoever asks for any. */
async function freeRow(length: number): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 12_000)
    const row = await Promise.all(Array.from({ length }, (_, at) => isFree(first + at)))
    if (row.every(Boolean)) return first
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
