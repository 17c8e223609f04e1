import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

/** The program of a process with services of these names; each polls a queue of its name. */
const program = (services: readonly string[]) => `
  import { defineService, runServices } from '@continuum/service'
  import { Type } from 'typebox'
  const define = (name) => defineService(name, Type.Object({}), async ({ health }) => {
    health.addPollers({ name: name + '-queue', lastSignOfLife: () => Temporal.Now.instant() })
    return {}
  })
  await runServices(...${JSON.stringify(services)}.map(define))`

/** Starts a real process of services, each with a health port, until it is killed or the test is over. */
export async function startProcess(services: readonly string[], version: string, port = 0) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program(services)], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], HEALTH_PORT: String(port), CONTINUUM_VERSION: version },
  })
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  onTestFinished(kill)
  const { promise: ready, resolve } = Promise.withResolvers<string>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { event, url } = Object(JSON.parse(line))
    if (event === 'ready') resolve(String(url))
  })
  const { origin, port: own } = new URL(await ready)
  return { address: origin, port: Number(own), kill }
}
