import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import { summarize } from '../testing/internal/decision-events.ts'
import { workflowOf, plans } from '../testing/internal/random-workflow.ts'
import { histories, simulate } from '../testing/internal/simulate.ts'
import { replay } from '../testing/replay.ts'
import {
  InvalidPayloadError,
  MalformedHistoryError,
  NonDeterminismError,
  PayloadNotFoundError,
  StuckWorkflowError,
} from '../values/errors.ts'

/** `decide` on any history, complete or cut, its own or of another workflow, damaged or not: it decides or throws a named error. */

const expectedErrors = [
  NonDeterminismError,
  MalformedHistoryError,
  InvalidPayloadError,
  StuckWorkflowError,
  PayloadNotFoundError,
]

/** Returns the decisions or the error; an error that `decide` does not document fails the test. */
async function outcomeOf(workflow: AnyWorkflow, events: readonly unknown[]): Promise<string[] | Error> {
  try {
    return (await replay(workflow, { events })).map(summarize)
  } catch (error) {
    if (!(error instanceof Error) || !expectedErrors.some((each) => error instanceof each)) throw error
    expect(error.message).toMatch(/\S/)
    if (error instanceof NonDeterminismError) {
      expect(error.expected ?? error.found).toBeDefined()
      expect(error.message).toMatch(/^Planned 1, decision \d+ .*the history has .*, the code has /)
    }
    return error
  }
}

test('any prefix of any history is decided on, or what does not match is named', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async (given, at) => {
      const { workflow, history } = await simulate(given)
      const outcome = await outcomeOf(workflow, history.events.slice(0, at % history.events.length).map(asJson))
      expect(Array.isArray(outcome) || outcome instanceof NonDeterminismError).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('the history of one workflow does not pass for that of another', async () => {
  await fc.assert(
    fc.asyncProperty(histories, plans, async (given, other) => {
      fc.pre(JSON.stringify(given.plan) !== JSON.stringify(other))
      const { history } = await simulate(given)
      const outcome = await outcomeOf(workflowOf(other), history.events.map(asJson))
      expect(Array.isArray(outcome) || outcome instanceof NonDeterminismError).toBe(true)
    }),
    { numRuns: 100 },
  )
})

describe('a damaged history', () => {
  test('is decided on as far as it is sound, or what is wrong with it is named', async () => {
    const seen = new Map<string, number>()
    const kinds = ['decided', 'NonDeterminismError', 'MalformedHistoryError', 'InvalidPayloadError']
    const reached = () => kinds.every((kind) => (seen.get(kind) ?? 0) > 2)
    // An InvalidPayloadError is one in some two hundred: more damages are drawn until they reach as deep as that.
    for (let round = 0; round < 10 && !reached(); round++) {
      await fc.assert(
        fc.asyncProperty(histories, fc.array(damages, { minLength: 1, maxLength: 3 }), async (given, list) => {
          const { workflow, history } = await simulate(given)
          const outcome = await outcomeOf(workflow, list.reduce(damaged, history.events.map(asJson)))
          const kind = Array.isArray(outcome) ? 'decided' : outcome.name
          seen.set(kind, (seen.get(kind) ?? 0) + 1)
        }),
        { numRuns: 400 },
      )
    }
    for (const kind of kinds) expect(seen.get(kind), kind).toBeGreaterThan(2)
  })

  test('decides the same however often it is asked', async () => {
    await fc.assert(
      fc.asyncProperty(histories, damages, async (given, damage) => {
        const { workflow, history } = await simulate(given)
        const events = damaged(history.events.map(asJson), damage)
        const [one, other] = [await outcomeOf(workflow, events), await outcomeOf(workflow, events)]
        expect(String(other).replaceAll(/0\.\d+/g, 'random')).toBe(String(one).replaceAll(/0\.\d+/g, 'random'))
      }),
      { numRuns: 100 },
    )
  })
})

/** Histories that live SWF wrote for quite other programs; `../shared` lies beside the project where it is there. */
const recordings = fileURLToPath(new URL('../../../../../shared/swf-recordings', import.meta.url))

test.skipIf(!existsSync(recordings))('histories of other programs on live SWF are told from ours', async () => {
  let events = 0
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      for (const name of readdirSync(recordings).filter((each) => each.endsWith('.json'))) {
        for (const history of historiesIn(readFileSync(`${recordings}/${name}`, 'utf8'))) {
          events += history.length
          await outcomeOf(workflowOf(plan), history)
        }
      }
    }),
    { numRuns: 3 },
  )
  expect(events).toBeGreaterThan(100)
})

type Json = Readonly<Record<string, unknown>>

function asJson(event: object): Json {
  return JSON.parse(JSON.stringify(event))
}

/** One change to a history, as no sound SWF would make it. */
type Damage = typeof damages extends fc.Arbitrary<infer Made> ? Made : never
const damages = fc.record({
  does: fc.constantFrom('lose', 'repeat', 'move', 'renumber', 'retype', 'empty', 'forget', 'change'),
  at: fc.nat(),
  other: fc.nat(),
  value: fc.oneof(
    fc.constantFrom<unknown>(
      null,
      '',
      'Step.1#1',
      '{"attempt":',
      '__proto__',
      `stored sha256:${'0'.repeat(64)} (1 characters)`,
    ),
    fc.integer({ min: -5, max: 200 }),
    fc.string(),
    fc.jsonValue(),
  ),
})

function damaged(events: readonly Json[], { does, at, other, value }: Damage): readonly Json[] {
  const index = at % Math.max(events.length, 1)
  const elsewhere = other % Math.max(events.length, 1)
  const event = events[index]
  if (event === undefined) return events
  const name = Object.keys(event).find((each) => each.endsWith('EventAttributes')) ?? 'attributes'
  const attributes = Object.entries(event[name] ?? {})
  const field = attributes[other % Math.max(attributes.length, 1)]?.[0] ?? 'field'
  switch (does) {
    case 'lose':
      return events.toSpliced(index, 1)
    case 'repeat':
      return events.toSpliced(elsewhere, 0, event)
    case 'move':
      return events.toSpliced(index, 1).toSpliced(elsewhere, 0, event)
    case 'renumber':
      return events.with(index, { ...event, eventId: other % 300 })
    case 'retype':
      return events.with(index, { ...event, eventType: events[elsewhere]?.['eventType'] })
    case 'empty':
      return events.with(index, { ...event, [name]: {} })
    case 'forget':
      return events.with(index, { ...event, [name]: Object.fromEntries(attributes.filter(([each]) => each !== field)) })
    default:
      return events.with(index, { ...event, [name]: { ...Object.fromEntries(attributes), [field]: value } })
  }
}

/** All lists of events in a recording, wherever they lie. */
function historiesIn(text: string): unknown[][] {
  const found: unknown[][] = []
  JSON.parse(text, (key, value: unknown) => {
    if (key === 'events' && Array.isArray(value)) found.push(value)
    if (typeof value === 'string' && value.includes('"events"')) found.push(...historiesIn(value))
    return value
  })
  return found
}
