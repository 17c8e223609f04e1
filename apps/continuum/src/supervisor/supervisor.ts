import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, type WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { backOff, healthyAfter } from './back-off.ts'

/** One process of the system: how it is run, and by which line of its output it is known to be ready. */
export interface ProcessSpec {
  readonly name: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly logFile: string
  readonly readyLine: (line: string) => { url?: string } | undefined
  /** The services that share the process, each with a log of its own: a line that names one as its `service` is that one's. */
  readonly services?: readonly { readonly name: string; readonly logFile: string }[]
}

/** The current state of a service and of its process. */
export interface ProcessState {
  readonly name: string
  readonly pid?: number
  readonly url?: string
  /** True once it reported ready after its last start. */
  readonly ready: boolean
  readonly restarts: number
  readonly startedAt: string
}

/** A process that is kept alive until it is stopped. */
export interface Supervised {
  readonly name: string
  /** Settles when the process has first reported ready, with each of its services. */
  readonly ready: Promise<void>
  /** The state of each of its services: of the process itself, where it runs but one. */
  states(): readonly ProcessState[]
  /** SIGTERM, and SIGKILL after `deadline` ms. Settles when it is gone. */
  stop(deadline: number): Promise<void>
}

/** Callbacks of the supervisor. */
export interface SupervisorEvents {
  changed(): void
  died(name: string, how: string, delay: number, crashLooping: boolean, lastLines: readonly string[]): void
}

/** The last lines of a log that are kept, to tell why a process died. */
export const linesKept = 40

/**
 * Starts a process and keeps it alive: whenever it exits it is restarted with back-off. Each child leads a process group of its own, so
 * that Ctrl-C in a terminal reaches the supervisor alone, which then stops the children in order. Each child's standard input is a pipe
 * whose end tells it that the supervisor is gone.
 */
export function supervise(spec: ProcessSpec, events: SupervisorEvents): Supervised {
  const log = openLog(spec.logFile)
  const shares = (spec.services ?? []).map(({ name, logFile }) => ({ name, log: openLog(logFile) }))
  const own = { name: spec.name, log }
  const services = (shares.length > 0 ? shares : [own]).map((each): ServiceLog => ({ ...each, isReady: false }))
  const ready = Promise.withResolvers<void>()
  let child: ChildProcess
  let deaths = 0
  let restarts = -1
  let startedAt = new Date()
  let stopping = false
  let pause: NodeJS.Timeout | undefined
  let gone = Promise.withResolvers<void>()

  function start() {
    restarts++
    startedAt = new Date()
    for (const service of services) service.isReady = false
    gone = Promise.withResolvers<void>()
    const lastLines: string[] = []
    child = spawn(process.execPath, spec.args, {
      env: { ...process.env, ...spec.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    child.stdin?.on('error', () => {})
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        const service = shares.length > 0 ? speakerOf(line, services) : services[0]
        ;(service?.log ?? log).write(`${line}\n`)
        lastLines.push(line)
        if (lastLines.length > linesKept) lastLines.shift()
        const said = service && spec.readyLine(line)
        if (!said) return
        service.url = said.url ?? service.url
        service.isReady = true
        if (services.every(({ isReady }) => isReady)) ready.resolve()
        events.changed()
      })
    }
    let ended = false
    const end = (how: string) => {
      if (ended) return
      ended = true
      gone.resolve()
      if (stopping) return
      deaths = Date.now() - startedAt.getTime() > healthyAfter ? 1 : deaths + 1
      const { delay, crashLooping } = backOff(deaths)
      events.died(spec.name, how, delay, crashLooping, lastLines)
      pause = setTimeout(start, delay)
      events.changed()
    }
    child.once('error', (error) => end(error.message))
    child.once('close', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`))
    events.changed()
  }

  start()
  return {
    name: spec.name,
    ready: ready.promise,
    states: () =>
      services.map(({ name, url, isReady }) => ({
        name,
        ...(child.pid !== undefined && child.exitCode === null && { pid: child.pid }),
        ...(url !== undefined && { url }),
        ready: isReady,
        restarts,
        startedAt: startedAt.toISOString(),
      })),
    async stop(deadline) {
      stopping = true
      clearTimeout(pause)
      child.kill('SIGTERM')
      const force = setTimeout(() => killGroup(child.pid), deadline)
      if (child.exitCode === null && child.signalCode === null) await gone.promise
      clearTimeout(force)
      for (const each of new Set([log, ...shares.map((share) => share.log)])) each.end()
    },
  }
}

interface ServiceLog {
  readonly name: string
  readonly log: WriteStream
  isReady: boolean
  url?: string | undefined
}

/** Opens the log of a process, to add to it. */
export function openLog(file: string): WriteStream {
  const log = createWriteStream(file, { flags: 'a' })
  // A disk that is full must not end the supervisor: the child's own writes say so where it matters.
  return log.on('error', () => {})
}

/** Finds the service that wrote a line. Those of the process itself, and what is no JSON, are nobody's. */
function speakerOf(line: string, services: readonly ServiceLog[]): ServiceLog | undefined {
  const speaker = /^\{.*?"service":"([^"]+)"/.exec(line)?.[1]
  return services.find(({ name }) => name === speaker)
}

/** SIGKILL for a process and what it started: it leads a group of its own. */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}
