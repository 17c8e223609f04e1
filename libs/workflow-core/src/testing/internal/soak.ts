import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { HistoryEvent } from '@aws-sdk/client-swf'
import fc from 'fast-check'
import { registerTypes } from '../../client/register.ts'
import { decide } from '../../replay/decide.ts'
import { createTestClock } from '../clock.ts'
import { anyPlan, child, maxAttempts, type Plan, plans } from './random-workflow.ts'
import { startTestEnvironment, type TestEnvironment } from '../test-environment.ts'
import type { Execution } from '../../values/execution.ts'

/**
 * Runs random workflows on decider and worker processes that are killed at random:
 * `npm run -s soak -- --workflows 500 --seed 7`. Exits 1 when one of them does not close, has more attempts or effects than
 * it declares, or does not replay. SWF's clock runs twelve times as fast as the real one.
 */

const processFile = fileURLToPath(new URL('soak.fixture.ts', import.meta.url))
const domain = 'Publish.test'
/** Number of executions open at once. */
const openAtOnce = 40
/** Milliseconds between two kills. */
const [minKillMs, maxKillMs] = [300, 1_500]

/** The result of a soak test. */
export interface SoakResult {
  /** Number of closed executions, children included, by close status. */
  readonly closed: ReadonlyMap<string, number>
  readonly effects: number
  readonly events: number
  /** Number of processes that were killed, asked to stop, or killed themselves in the middle of an activity. */
  readonly deaths: number
  /** Violations found; empty if all is well. */
  readonly faults: readonly string[]
}

/** Runs a soak test. @param seed picks the workflows and the times of kills; how processes interleave varies */
export async function soak({ workflows, seed }: { workflows: number; seed: number }): Promise<SoakResult> {
  const clock = createTestClock()
  await using env = await startTestEnvironment({ clock })
  const folder = await mkdtemp(join(tmpdir(), 'soak-'))
  const file = join(folder, 'effects')
  await writeFile(file, '')
  await registerTypes({ swf: env.swf, domain, workflows: [anyPlan], taskLists: { decisions: 'decisions' } })
  const processes = startProcesses(env.url, file, seed)
  const turning = setInterval(() => clock.advance(300), 25)
  try {
    const waiting = fc.sample(plans.filter(isSmall), { seed, numRuns: workflows }).entries()
    await Promise.all(
      Array.from({ length: openAtOnce }, async () => {
        for (const [index, plan] of waiting) {
          const workflowId = index === 0 ? 'other' : `random-${index}`
          const { runId = '' } = await env.client.start(anyPlan, { workflowId, input: plan })
          await awaitEnd(env, { workflowId, runId })
        }
      }),
    )
    // A child that outlives its parent closes by itself; the parent's close does not wait for it.
    for await (const { execution } of env.client.listOpen(always)) {
      await awaitEnd(env, { workflowId: execution?.workflowId ?? '', runId: execution?.runId ?? '' })
    }
    clearInterval(turning)
    const deaths = await processes.end()
    return { ...(await verify(env, (await readFile(file, 'utf8')).trim().split('\n'))), deaths }
  } finally {
    clearInterval(turning)
    await processes.end()
    await rm(folder, { recursive: true })
  }
}

/** Keeps plans small: many small workflows find more than few large ones. */
function isSmall(plan: Plan): boolean {
  return JSON.stringify(plan).split('"does"').length <= 16
}

const always = { since: Temporal.Instant.fromEpochMilliseconds(0) }

/** Starts two deciders and two workers, which are killed and restarted one after the other. */
function startProcesses(url: string, file: string, seed: number): { end(): Promise<number> } {
  const living = new Map<string, ChildProcess>()
  let deaths = 0
  let ending = false
  const start = (name: string) => {
    const [role = ''] = name.split(' ')
    const childProcess = spawn(process.execPath, [processFile, role, url, file], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: `${file}.cache` },
    })
    living.set(name, childProcess)
    childProcess.once('exit', () => {
      if (ending) return
      deaths += 1
      start(name)
    })
  }
  const names = ['decider 1', 'decider 2', 'worker 1', 'worker 2']
  names.forEach(start)
  const choices = fc.sample(fc.nat(), { seed, numRuns: 10_000 }).values()
  const killing = async () => {
    for (const choice of choices) {
      await setTimeout(minKillMs + (choice % (maxKillMs - minKillMs)))
      if (ending) return
      const name = names[choice % names.length] ?? ''
      living.get(name)?.kill(choice % 5 === 0 ? 'SIGTERM' : 'SIGKILL')
    }
  }
  const killed = killing()
  return {
    end: async () => {
      ending = true
      await killed
      for (const childProcess of living.values()) childProcess.kill('SIGKILL')
      return deaths
    },
  }
}

/** Waits until an execution closes, and signals it meanwhile, because it may be waiting for a signal. */
async function awaitEnd({ client }: TestEnvironment, execution: Execution): Promise<void> {
  for (let look = 1; (await client.outcome(execution)) === undefined; look += 1) {
    if (look % 4 === 0) await client.signal(execution, 'word', `look ${look}`)
    await setTimeout(50)
  }
}

/** Checks all histories and effects against the declarations. */
async function verify({ client }: TestEnvironment, effects: readonly string[]): Promise<Omit<SoakResult, 'deaths'>> {
  const closed = new Map<string, number>()
  const faults: string[] = []
  let events = 0
  const times = new Map<string, number>()
  for (const effect of effects) times.set(effect, (times.get(effect) ?? 0) + 1)
  for (const [effect, count] of times) if (count > 1) faults.push(`${effect} ran ${count} times`)

  for await (const info of client.listClosed(always)) {
    const execution = { workflowId: info.execution?.workflowId ?? '', runId: info.execution?.runId ?? '' }
    const history = await Array.fromAsync(client.history(execution))
    const named = `${execution.workflowId} ${execution.runId}`
    events += history.length
    closed.set(info.closeStatus ?? '', (closed.get(info.closeStatus ?? '') ?? 0) + 1)
    const workflow = info.workflowType?.name === child.name ? child : anyPlan
    const decided = await decide(workflow, history, { execution }).catch((error: unknown) => [error])
    if (decided.length > 0) faults.push(`${named} does not replay: ${String(decided[0])}`)
    for (const [tried, count] of attemptsIn(history)) {
      if (count > maxAttempts) faults.push(`${named} tried ${tried} ${count} times`)
    }
    for (const done of completedIn(history)) {
      if (!times.has(`${named} ${done}`)) faults.push(`${named} recorded ${done} as completed, which never ran`)
    }
  }
  return { closed, effects: effects.length, events, faults }
}

/** Counts the attempts of each step, except those interrupted by a stopping worker. */
function attemptsIn(history: readonly HistoryEvent[]): Map<string, number> {
  const tries = new Map<string, number>()
  const ids = scheduledIn(history)
  const count = (id: string, by: number) => {
    const step = id.replace(/#\d+$/, '')
    tries.set(step, (tries.get(step) ?? 0) + by)
  }
  for (const id of ids.values()) count(id, 1)
  for (const { activityTaskFailedEventAttributes: failed } of history)
    if (failed?.reason === 'WorkerStopping') count(ids.get(failed.scheduledEventId ?? 0) ?? '', -1)
  return tries
}

function completedIn(history: readonly HistoryEvent[]): string[] {
  const ids = scheduledIn(history)
  return history.flatMap(({ activityTaskCompletedEventAttributes: completed }) =>
    completed === undefined ? [] : (ids.get(completed.scheduledEventId ?? 0) ?? []),
  )
}

function scheduledIn(history: readonly HistoryEvent[]): Map<number, string> {
  return new Map(
    history.flatMap(({ eventId = 0, activityTaskScheduledEventAttributes: scheduled }) =>
      scheduled?.activityId === undefined ? [] : [[eventId, scheduled.activityId] as const],
    ),
  )
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      workflows: { type: 'string', default: '500' },
      seed: { type: 'string', default: `${Date.now() % 1e6}` },
    },
  })
  const [workflows, seed] = [Number(values.workflows), Number(values.seed)]
  const began = performance.now()
  const { closed, effects, events, deaths, faults } = await soak({ workflows, seed })
  const how = Array.from(closed, ([status, count]) => `${count} ${status.toLowerCase()}`).join(', ')
  const seconds = Math.round((performance.now() - began) / 1_000)
  for (const fault of faults) console.error(fault)
  console.log(
    `soak of ${workflows} workflows, seed ${seed}: ${how}; ${effects} effects, ${events} events, ${deaths} deaths, ` +
      `${faults.length} faults, ${seconds} s`,
  )
  process.exitCode = faults.length > 0 ? 1 : 0
}
