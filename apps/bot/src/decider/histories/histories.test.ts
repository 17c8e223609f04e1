import { readdirSync, readFileSync } from 'node:fs'
import { NonDeterminismError, type AnyWorkflow } from '@continuum/workflow-core'
import { readExport, replay } from '@continuum/workflow-core/testing'
import { describe, expect, test } from 'vitest'
import { workflows } from '../workflows/index.ts'

/**
 * Replays recorded executions of each version (README.md here) on today's code, as deciders do with running executions.
 * A test that fails here says that the change needs a new version of the workflow.
 */
const folder = new URL('.', import.meta.url)
const recorded = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): Recorded => {
    const history: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
    const { events } = readExport(history)
    const { workflowType } = events[0]?.workflowExecutionStartedEventAttributes ?? {}
    const its = workflows.find((each) => each.name === workflowType?.name && each.version === workflowType.version)
    const asked = events.flatMap(
      ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name ?? [],
    )
    const results = new Map(
      events.flatMap(({ activityTaskCompletedEventAttributes: completed }) => {
        const scheduled = events.find(({ eventId }) => eventId === completed?.scheduledEventId)
        const step = scheduled?.activityTaskScheduledEventAttributes?.activityType?.name
        return step === undefined ? [] : [[step, parsed(completed?.result)] as const]
      }),
    )
    return { name, history, events, its, steps: [...new Set(asked)], results }
  })

interface Recorded {
  readonly name: string
  readonly history: unknown
  readonly events: ReturnType<typeof readExport>['events']
  /** Absent where its code is gone. */
  readonly its: AnyWorkflow | undefined
  readonly steps: readonly string[]
  readonly results: ReadonlyMap<string, unknown>
}

function parsed(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text)
}

test('every version of every workflow has a recorded history', () => {
  for (const { name, version } of workflows) {
    const its = recorded.filter((each) => each.its?.name === name && each.its.version === version)
    expect(its.length, `${name} ${version}`).toBeGreaterThan(0)
  }
})

const newest = recorded.filter(({ its }) => its === workflows.find(({ name }) => name === its?.name))

test.each(newest)('a step of $name comes before those that led to it, where both wait', ({ events, its }) => {
  const priorities = new Map(Object.values(its?.uses ?? {}).map(({ name, priority }) => [name, priority]))
  const before: number[] = []
  const scheduled = new Map<number | undefined, number>()
  for (const event of events) {
    const step = event.activityTaskScheduledEventAttributes?.activityType?.name
    const completed = event.activityTaskCompletedEventAttributes?.scheduledEventId
    if (step !== undefined) {
      const priority = priorities.get(step) ?? Number.NaN
      expect(priority, step).toBeGreaterThan(Math.max(-1, ...before))
      scheduled.set(event.eventId, priority)
    } else if (completed !== undefined) before.push(scheduled.get(completed) ?? Number.NaN)
  }
})

describe.each(recorded)('$name', ({ history, its, steps, results }) => {
  if (its === undefined) throw new Error('Its workflow has no code any more: remove the history.')

  test('replays', async () => {
    expect(await replay(its, history)).toEqual([])
  })

  test.each(steps)('catches a body that leaves out %s under the same version', async (step) => {
    const without = changed(its, (name, ask) => (name === step ? Promise.resolve(results.get(step)) : ask()))
    await expect(replay(without, history)).rejects.toThrow(NonDeterminismError)
    await expect(replay(without, history)).rejects.toThrow(`the history has activity ${step}#1, the code has `)
  })

  test.each(steps)('catches a body that renames %s under the same version', async (step) => {
    const renamed = changed(its, (name, ask) => (name === step ? ask('renamed') : ask()))
    await expect(replay(renamed, history)).rejects.toThrow(
      `the history has activity ${step}#1, the code has activity ${step}.renamed#1`,
    )
  })
})

/** Returns the same workflow with a body that changes some of its steps. */
function changed(
  its: AnyWorkflow,
  at: (name: string, ask: (key?: string) => Promise<unknown>) => Promise<unknown>,
): AnyWorkflow {
  return {
    ...its,
    run: (engine, input) => {
      const other: typeof engine = Object.create(engine, {
        step: {
          value: (...[what, given, options]: Parameters<typeof engine.step>) =>
            at(what.name, (key) => engine.step(what, given, key === undefined ? options : { ...options, key })),
        },
      })
      return its.run(other, input)
    },
  }
}
