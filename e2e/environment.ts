import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** A local environment of a test's own: a data directory and ports that stay the same over its starts. */
export interface Environment extends AsyncDisposable {
  readonly data: string
  readonly urls: { aws: string; dashboard: string; journal: string; lax: string; api: string; health: string }
  /** `npm start -- ...` as a child process, in this environment. */
  start(...args: string[]): Run
  /** `npm run -s continuum -- ...`, to its end. */
  command(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>
}

/** One start. */
export interface Run {
  readonly pid: number
  /** The lines printed so far. */
  readonly stdout: string[]
  readonly stderr: string[]
  /** The next line of standard output for which `wanted` holds, or has held already. Rejects when the process ends before. */
  line(wanted: (line: string) => boolean): Promise<string>
  readonly ended: Promise<number>
  signal(signal: NodeJS.Signals): void
  /** SIGKILL for it and everything that it started, all at once, as a power cut would. */
  killTree(): Promise<void>
}

/** With `--separate` each process has a health port. */
const processCount = 11

/** Ports that nobody listens on, as the variables of `npm start`, with the addresses that they make. */
export async function ownPorts() {
  const standIns = await freeRow(4)
  const health = await freeRow(processCount, standIns)
  const row = (first: number, length: number) => Array.from({ length }, (_, at) => first + at)
  const taken = [...row(standIns, 4), ...row(health, processCount)]
  const [aws = 0, dashboard = 0, journal = 0, lax = 0, postgres = 0, ...others] = await freePorts(8, taken)
  const [api = 0, metrics = 0, deposits = 0] = others
  const at = (port: number) => `http://127.0.0.1:${port}`
  const variables = {
    AWS_PORT: String(aws),
    DASHBOARD_PORT: String(dashboard),
    JOURNAL_PORT: String(journal),
    LAX_PORT: String(lax),
    POSTGRES_PORT: String(postgres),
    DEPOSITS_PORT: String(deposits),
    STANDINS_PORT: String(standIns),
    HEALTH_PORT: String(health),
    API_PORT: String(api),
    METRICS_PORT: String(metrics),
  }
  const urls = {
    aws: at(aws),
    dashboard: at(dashboard),
    journal: at(journal),
    lax: at(lax),
    api: at(api),
    health: at(health),
  }
  return { variables, urls }
}

export async function newEnvironment(extra: Record<string, string> = {}): Promise<Environment> {
  const data = mkdtempSync(join(tmpdir(), 'continuum-e2e-'))
  const { variables, urls } = await ownPorts()
  const env = { ...process.env, ...variables, INIT_CWD: root, ...extra }
  const runs: Run[] = []
  const spawnCommand = (name: string, args: string[]) =>
    spawn(process.execPath, [join(root, 'scripts/run.mjs'), name, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  return {
    data,
    urls: { ...urls, aws: extra['AWS_ENDPOINT_URL'] ?? urls.aws },
    start(...args) {
      const run = follow(spawnCommand('start', ['--data', data, ...args]))
      runs.push(run)
      return run
    },
    async command(...args) {
      const child = spawnCommand('continuum', [...args, '--data', data])
      const said = { stdout: '', stderr: '' }
      child.stdout.on('data', (bytes) => (said.stdout += bytes))
      child.stderr.on('data', (bytes) => (said.stderr += bytes))
      const [code] = await once(child, 'close')
      return { code, ...said }
    },
    async [Symbol.asyncDispose]() {
      for (const run of runs) await run.killTree()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** A command that runs, with its lines as they come. */
export function follow(child: ChildProcess): Run {
  const stdout: string[] = []
  const stderr: string[] = []
  const watchers = new Set<() => void>()
  for (const [stream, lines] of [
    [child.stdout, stdout],
    [child.stderr, stderr],
  ] as const) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      for (const look of watchers) look()
    })
  }
  const ended = new Promise<number>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? (signal ? 128 : 0))),
  )
  return {
    pid: child.pid ?? 0,
    stdout,
    stderr,
    ended,
    signal: (signal) => child.kill(signal),
    line(wanted) {
      const { promise, resolve, reject } = Promise.withResolvers<string>()
      const look = () => {
        const line = stdout.find(wanted)
        if (line === undefined) return
        watchers.delete(look)
        resolve(line)
      }
      watchers.add(look)
      look()
      void ended.then((code) =>
        reject(new Error(`It ended with ${code} before the line came:\n${[...stdout, ...stderr].join('\n')}`)),
      )
      return promise
    },
    async killTree() {
      if (child.pid === undefined || child.exitCode !== null) return
      for (const pid of descendants(child.pid)) killOne(pid)
      await ended
    },
  }
}

/** A process and all that came from it, the youngest last: from /proc. */
export function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }]
      } catch {
        return []
      }
    })
  const below = (of: number): number[] => [
    of,
    ...parents.filter(({ parent }) => parent === of).flatMap((child) => below(child.pid)),
  ]
  return below(pid)
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was gone before.
  }
}

/** Ports that were free a moment ago, below those that the system gives to whoever asks for any. */
async function freePorts(count: number, except: readonly number[] = []): Promise<number[]> {
  const found = new Set<number>()
  while (found.size < count) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (!except.includes(port) && (await isFree(port))) found.add(port)
  }
  return [...found]
}

/** The first of some ports in a row that are free, and not close to those that begin at another. */
async function freeRow(length: number, away = 0): Promise<number> {
  for (;;) {
    const [first = 0] = await freePorts(1)
    if (Math.abs(first - away) < 2 * length) continue
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
