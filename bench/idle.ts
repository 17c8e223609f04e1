/**
 * Measures what a local environment costs while nothing happens, and how soon it is there:
 *
 *     npm run bench:idle              # a minute of rest, a minute of measuring
 *     npm run bench:idle -- --short   # half a minute of measuring, for CI
 *
 * Starts once to make the environment, stops, and starts again, warm, with the sample article. Memory is PSS (a page that processes
 * share counts once) of the services, PostgreSQL and what starts them; the stand-ins of AWS and of the recipients are listed apart.
 * Exits 1 where memory or processor time exceed their budgets (in the short form by half); seconds are goals, for they say more about the machine.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createBudgets } from './constant/budgets.ts'

const { values } = parseArgs({
  options: { short: { type: 'boolean', default: false }, separate: { type: 'boolean', default: false } },
})
const seconds = { rest: 60, measured: values.short ? 30 : 60 }
const budgets = createBudgets(values.short ? 1.5 : 1)
const goals = { up: 2.5, ready: 4 }
const standIns = new Set(['aws-local', 'stand-ins'])

const data = mkdtempSync(join(tmpdir(), 'continuum-bench-'))
const main = fileURLToPath(new URL('../apps/continuum/src/main.ts', import.meta.url))
const ports = await freePorts()

/** Starts the environment; `until` is called with each line, the seconds since the start and the process, and ends the wait with true. */
async function start(args: readonly string[], until: (line: string, after: number, pid: number) => boolean) {
  const began = performance.now()
  const separate = values.separate ? ['--separate'] : []
  const child = spawn(process.execPath, [main, 'start', '--data', data, ...separate, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // As `npm start` has it.
    env: { NODE_COMPILE_CACHE: join(data, 'compiled'), ...process.env, ...ports },
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  for await (const line of createInterface({ input: child.stdout }))
    if (until(line, (performance.now() - began) / 1000, child.pid ?? 0)) return { pid: child.pid ?? 0, stop }
  throw new Error('It ended before it was up')
}

/** A process and all that came from it. */
function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: Number(statOf(Number(name))[1]) }))
  const below = (of: number): number[] => [
    of,
    ...parents.filter(({ parent }) => parent === of).flatMap((child) => below(child.pid)),
  ]
  return below(pid)
}

/** The fields of /proc/PID/stat after the name; none where the process has ended. */
function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

/** Processor time in milliseconds, of the kernel's hundredths of a second. */
const processorOf = (pid: number) => (Number(statOf(pid)[11] ?? 0) + Number(statOf(pid)[12] ?? 0)) * 10

function megabytesOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024
  } catch {
    return 0
  }
}

/** The processes of a running environment by what they are: those of PostgreSQL together. */
function processesOf(supervisor: number): Map<string, readonly number[]> {
  const { processes }: { processes: { name: string; pid: number }[] } = JSON.parse(
    readFileSync(join(data, 'processes.json'), 'utf8'),
  )
  const byPid = Map.groupBy(processes, ({ pid }) => pid)
  return new Map([
    ['npm start', [supervisor]],
    ...[...byPid].map(([pid, shared]) => [shared.map(({ name }) => name).join(' '), descendants(pid)] as const),
  ])
}

async function freePorts(): Promise<Record<string, string>> {
  const names = ['AWS', 'DASHBOARD', 'JOURNAL', 'LAX', 'POSTGRES', 'API', 'METRICS', 'DEPOSITS']
  const first = 20_000 + Math.floor(Math.random() * 10_000)
  // The stand-ins take four in a row, and each process has a health port.
  const [recipients, health, end] = [first + names.length, first + names.length + 4, first + names.length + 4 + 11]
  const given = [...names.map((name, at) => [name, first + at] as const), ['STANDINS', recipients], ['HEALTH', health]]
  for (let port = first; port < end; port++) {
    const isFree = await new Promise((resolve) => {
      const server = createServer().once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
    })
    if (!isFree) return freePorts()
  }
  return Object.fromEntries(given.map(([name, port]) => [`${name}_PORT`, String(port)]))
}

try {
  // An empty zip: it is refused, and the environment is made.
  const nothing = join(data, 'elife-99999-vor-r1.zip')
  writeFileSync(nothing, Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]))
  const first = await start([nothing], (line) => line.includes('FAILED'))
  await first.stop()

  const load = loadavg()[0] ?? 0
  let up = Number.NaN
  let ready = Number.NaN
  let processor = Number.NaN
  const warm = await start([], (line, after, pid) => {
    if (line.includes('Everything is up')) {
      up = after
      processor = descendants(pid).reduce((sum, each) => sum + processorOf(each), 0) / 1000
    }
    if (line.includes('READY TO PUBLISH')) ready = after
    return !Number.isNaN(ready)
  })
  await pause(seconds.rest * 1000)
  const groups = processesOf(warm.pid)
  const before = new Map([...groups.values()].flat().map((pid) => [pid, processorOf(pid)]))
  const began = performance.now()
  await pause(seconds.measured * 1000)
  const elapsed = performance.now() - began
  const rows = [...groups].map(([name, pids]) => ({
    name,
    processes: pids.length,
    megabytes: pids.reduce((sum, pid) => sum + megabytesOf(pid), 0),
    percent: (pids.reduce((sum, pid) => sum + processorOf(pid) - (before.get(pid) ?? 0), 0) / elapsed) * 100,
  }))
  await warm.stop()

  const told = rows.toSorted((a, b) => Number(standIns.has(a.name)) - Number(standIns.has(b.name)))
  for (const { name, processes, megabytes, percent } of told)
    console.log(
      `${`${megabytes.toFixed(0)} MB`.padStart(8)} ${`${percent.toFixed(2)} %`.padStart(8)}  ${name}${processes > 1 ? ` (${processes} processes)` : ''}${standIns.has(name) ? ', apart' : ''}`,
    )
  const counted = rows.filter(({ name }) => !standIns.has(name))
  const megabytes = counted.reduce((sum, row) => sum + row.megabytes, 0)
  const percent = counted.reduce((sum, row) => sum + row.percent, 0)
  console.log(
    `idle: memory ${megabytes.toFixed(0)} MB ${budgets.keep(megabytes, { max: 400 })}; ` +
      `processor ${percent.toFixed(2)} % of a core ${budgets.keep(percent, { max: 1 })}`,
  )
  console.log(
    `warm start: everything answers after ${up.toFixed(1)} s (goal ${goals.up}) and ${processor.toFixed(1)} s of processor time, the first article is ready after ${ready.toFixed(1)} s (goal ${goals.ready}); load ${load.toFixed(1)} before`,
  )
  process.exitCode = budgets.exceeded() > 0 ? 1 : 0
} finally {
  rmSync(data, { recursive: true, force: true })
}
