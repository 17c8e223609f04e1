import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { descendants, type Environment } from './environment.ts'

/** A fault that lasts for a while, or an instant. */
export interface Disturbance {
  readonly name: string
  readonly begin: (environment: Environment, seconds: number) => Promise<void>
}

interface Process {
  readonly name: string
  readonly pid?: number
  readonly url?: string
}

/** The processes of `npm start` that run now. */
export const runningOf = ({ data }: Environment): readonly (Process & { pid: number })[] => {
  const { processes }: { processes: Process[] } = JSON.parse(readFileSync(join(data, 'processes.json'), 'utf8'))
  return processes.flatMap((one) => (one.pid === undefined ? [] : [{ ...one, pid: one.pid }]))
}

/** Signals a process; false where it has ended in the meantime. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

/** Lets a process hang with all that it started: connections stay open, and nobody answers. */
const hang = (name: string): Disturbance => ({
  name: `${name} hangs`,
  begin: async (environment, seconds) => {
    const one = runningOf(environment).find((each) => each.name === name)
    // PostgreSQL serves each connection with a process of its own.
    const stopped = one ? descendants(one.pid).filter((pid) => signal(pid, 'SIGSTOP')) : []
    try {
      await pause(seconds * 1_000)
    } finally {
      for (const pid of stopped) signal(pid, 'SIGCONT')
    }
  },
})

/**
 * Cuts the power: everything ends at the same instant, aws-local and PostgreSQL with it. The kernel lives on here, so that what was not
 * synced is not lost: that is what aws-local's power.test.ts replays.
 */
const powerCut: Disturbance = {
  name: 'power cut',
  begin: async (environment) => {
    for (const { pid } of runningOf(environment)) for (const each of descendants(pid)) signal(each, 'SIGKILL')
  },
}

/** PostgreSQL loses one of its processes, ends all sessions and recovers. */
const databaseCrash: Disturbance = {
  name: 'PostgreSQL crashes',
  begin: async (environment) => {
    const one = runningOf(environment).find(({ name }) => name === 'postgres')
    const last = one && descendants(one.pid).at(-1)
    if (last !== undefined) signal(last, 'SIGKILL')
  },
}

/** Answers of a maintenance page, a proxy or a deployment. */
const oddAnswers: readonly ((answer: ServerResponse) => void)[] = [
  (answer) => answer.setHeader('content-type', 'text/html').end('<h1>We are back in a moment</h1>'),
  (answer) => answer.end(),
  (answer) => answer.setHeader('content-type', 'application/json').end('{"state":"maintenance"}'),
  (answer) => answer.setHeader('content-type', 'application/json').end('[{"cut'),
  ...[401, 403, 404, 413, 429, 500, 502, 503].map((code) => (answer: ServerResponse) => {
    answer.writeHead(code, { 'content-type': 'text/html' }).end(`<h1>${code}</h1>`)
  }),
  (answer) => answer.destroy(),
]

/** Puts a server in the site's place that gives each odd answer in turn; the site, a process of its own, comes back when it has gone. */
export const oddSite: Disturbance = {
  name: 'the site answers oddly',
  begin: async (environment, seconds) => {
    let asked = 0
    const server = createServer((request, answer) => {
      request.resume()
      oddAnswers[asked++ % oddAnswers.length]?.(answer)
    })
    const port = Number(new URL(environment.urls.journal).port)
    const until = performance.now() + 10_000
    while (!server.listening && performance.now() < until) {
      const site = runningOf(environment).find(({ name }) => name === 'journal')
      if (site) signal(site.pid, 'SIGKILL')
      await pause(50)
      await new Promise<void>((resolve) => {
        server.once('error', () => resolve())
        server.listen(port, '127.0.0.1', resolve)
      })
    }
    await pause(seconds * 1_000)
    server.closeAllConnections()
    server.close()
  },
}

export const disturbances: readonly Disturbance[] = [
  hang('aws-local'),
  hang('postgres'),
  hang('lax'),
  hang('journal'),
  hang('dashboard'),
  oddSite,
  powerCut,
  databaseCrash,
]
