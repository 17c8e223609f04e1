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
import { anyPlan, attempts, child, type Plan, plans } from './random-workflow.ts'
import { openStage, type Stage } from '../test-environment.ts'
import type { Execution } from '../../values/execution.ts'

/**
 * Random workflows on deciders and workers that are processes of their own and are killed at random:
 * `npm run -s soak -- --workflows 500 --seed 7`. Exits 1 when one of them does not end, does something more often than it
 * declares, or does not replay. SWF's time goes on twelve times as fast as ours.
 */

const processFile = fileURLToPath(new URL('soak.fixture.ts', import.meta.url))
const domain = 'Publish.test'
/** Executions at once. */
const openAtOnce = 40
/** Milliseconds between two deaths. */
const [soonest, latest] = [300, 1_500]

export interface Soaked {
  /** Executions that ended, children among them, and how. */
  readonly ended: ReadonlyMap<string, number>
  readonly effects: number
  readonly events: number
  /** Processes that were killed, asked to stop, or killed themselves in the middle of an activity. */
  readonly deaths: number
  /** What should not be; empty when all is well. */
  readonly faults: readonly string[]
}

/** @param seed which workflows, and when processes die; how they interleave only the machine knows */
export async function soak({ workflows, seed }: { workflows: number; seed: number }): Promise<Soaked> {
  const clock = createTestClock()
  await using stage = await openStage({ clock })
  const folder = await mkdtemp(join(tmpdir(), 'soak-'))
  const file = join(folder, 'effects')
  await writeFile(file, '')
  await registerTypes({ swf: stage.swf, domain, workflows: [anyPlan], taskLists: { decisions: 'decisions' } })
  const actors = startCast(stage.url, file, seed)
  const turning = setInterval(() => clock.advance(300), 25)
  try {
    const waiting = fc.sample(plans.filter(isSmall), { seed, numRuns: workflows }).entries()
    await Promise.all(
      Array.from({ length: openAtOnce }, async () => {
        for (const [index, plan] of waiting) {
          const workflowId = index === 0 ? 'other' : `random-${index}`
          const { runId = '' } = await stage.client.start(anyPlan, { workflowId, input: plan })
          await awaitEnd(stage, { workflowId, runId })
        }
      }),
    )
    // A child that its parent left behind ends by itself; its parent's end does not wait for it.
    for await (const { execution } of stage.client.listOpen(always)) {
      await awaitEnd(stage, { workflowId: execution?.workflowId ?? '', runId: execution?.runId ?? '' })
    }
    clearInterval(turning)
    const deaths = await actors.end()
    return { ...(await judged(stage, (await readFile(file, 'utf8')).trim().split('\n'))), deaths }
  } finally {
    clearInterval(turning)
    await actors.end()
    await rm(folder, { recursive: true })
  }
}

/** Many workflows show more than large ones. */
function isSmall(plan: Plan): boolean {
  return JSON.stringify(plan).split('"does"').length <= 16
}

const always = { since: Temporal.Instant.fromEpochMilliseconds(0) }

/** Two deciders and two workers, of which one after the other dies and is started again. */
function startCast(url: string, file: string, seed: number): { end(): Promise<number> } {
  const living = new Map<string, ChildProcess>()
  let deaths = 0
  let ending = false
  const start = (name: string) => {
    const [role = ''] = name.split(' ')
    const actor = spawn(process.execPath, [processFile, role, url, file], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: `${file}.cache` },
    })
    living.set(name, actor)
    actor.once('exit', () => {
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
      await setTimeout(soonest + (choice % (latest - soonest)))
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
      for (const actor of living.values()) actor.kill('SIGKILL')
      return deaths
    },
  }
}

/** Waits for the end of an execution, and signals to it meanwhile: it may wait for that. */
async function awaitEnd({ client }: Stage, execution: Execution): Promise<void> {
  for (let look = 1; (await client.outcome(execution)) === undefined; look += 1) {
    if (look % 4 === 0) await client.signal(execution, 'word', `look ${look}`)
    await setTimeout(50)
  }
}

/** Holds all that happened against what was declared. */
async function judged({ client }: Stage, effects: readonly string[]): Promise<Omit<Soaked, 'deaths'>> {
  const ended = new Map<string, number>()
  const faults: string[] = []
  let events = 0
  const times = new Map<string, number>()
  for (const effect of effects) times.set(effect, (times.get(effect) ?? 0) + 1)
  for (const [effect, count] of times) if (count > 1) faults.push(`${effect} happened ${count} times`)

  for await (const info of client.listClosed(always)) {
    const execution = { workflowId: info.execution?.workflowId ?? '', runId: info.execution?.runId ?? '' }
    const history = await Array.fromAsync(client.history(execution))
    const named = `${execution.workflowId} ${execution.runId}`
    events += history.length
    ended.set(info.closeStatus ?? '', (ended.get(info.closeStatus ?? '') ?? 0) + 1)
    const workflow = info.workflowType?.name === child.name ? child : anyPlan
    const decided = await decide(workflow, history, { execution }).catch((error: unknown) => [error])
    if (decided.length > 0) faults.push(`${named} does not replay: ${String(decided[0])}`)
    for (const [tried, count] of attemptsIn(history)) {
      if (count > attempts) faults.push(`${named} tried ${tried} ${count} times`)
    }
    for (const done of completedIn(history)) {
      if (!times.has(`${named} ${done}`)) faults.push(`${named} took ${done} for done, which never happened`)
    }
  }
  return { ended, effects: effects.length, events, faults }
}

/** How often each step was tried; attempts cut short by a stopping worker are none. */
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
  const { ended, effects, events, deaths, faults } = await soak({ workflows, seed })
  const how = Array.from(ended, ([status, count]) => `${count} ${status.toLowerCase()}`).join(', ')
  const seconds = Math.round((performance.now() - began) / 1_000)
  for (const fault of faults) console.error(fault)
  console.log(
    `soak of ${workflows} workflows, seed ${seed}: ${how}; ${effects} effects, ${events} events, ${deaths} deaths, ` +
      `${faults.length} faults, ${seconds} s`,
  )
  process.exitCode = faults.length > 0 ? 1 : 0
}
