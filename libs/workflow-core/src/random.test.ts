import fc from 'fast-check'
import { expect, test } from 'vitest'
import { carry, type Carried, decide } from './decide.ts'
import { NonDeterminism, PermanentFailure, WorkerStopping } from './errors.ts'
import { attempts, planned, plans } from './random-plan.ts'
import { rerunOf } from './rerun.ts'
import { inShort } from './story-events.ts'
import { tell, type Story } from './story.ts'

/**
 * Random workflows on random fates: steps succeed, fail, time out and are cut short, timers fire, signals and
 * cancellations come at any moment, decisions are lost, ends are refused because something came meanwhile.
 */

/** What is open in an execution, as SWF knows it. */
interface Open {
  readonly activities: Set<string>
  readonly timers: Set<string>
  readonly children: Set<string>
  signals: number
}

function note(open: Open, decision: string): void {
  const [, what, id = ''] = /^(cancel timer|activity|timer|child|signal|) ?(\S*)/.exec(decision) ?? []
  if (what === 'activity') open.activities.add(id)
  if (what === 'timer') open.timers.add(id)
  if (what === 'child') open.children.add(id)
  if (what === 'signal') open.signals += 1
  if (what === 'cancel timer') open.timers.delete(id)
}

/** Lets one of the open things happen, as the choice says. */
function happen(story: Story, open: Open, choice: number): void {
  const all = [
    ...Array.from(open.activities, (id) => ['activity', id] as const),
    ...Array.from(open.timers, (id) => ['timer', id] as const),
    ...Array.from(open.children, (id) => ['child', id] as const),
  ]
  const [kind, id] = all[choice % Math.max(all.length, 1)] ?? ['none', '']
  const fate = Math.floor(choice / 7) % 10
  if (kind === 'activity') {
    open.activities.delete(id)
    if (fate < 5) story.completed(id, 'done')
    else if (fate === 5) story.failed(id, new PermanentFailure('never'))
    else if (fate === 6) story.failed(id, new WorkerStopping('deploy'))
    else if (fate === 7) story.timedOut(id, 'HEARTBEAT', '"half"')
    else if (fate === 8) story.canceled(id)
    else story.failed(id, new Error('busy'))
  }
  if (kind === 'timer') {
    open.timers.delete(id)
    story.fired(id)
  }
  if (kind === 'child') {
    open.children.delete(id)
    if (fate < 7) story.childCompleted(id)
    else if (fate < 9) story.childFailed(id, 'broken')
    else story.childCanceled(id)
  }
  if (kind === 'none' || fate === 3) story.signaled('word', 'hello')
  if (choice % 83 === 0) story.cancelRequested()
}

const ends = /^(complete|fail|cancel$|continue)/
const histories = fc.record({
  plan: plans,
  choices: fc.array(fc.nat({ max: 10_000 }), { maxLength: 150, size: 'max' }),
})

/** Plays to the end; gives what each decision saw, as a number of events, and what it decided. */
async function play({ plan, choices }: { plan: Parameters<typeof planned>[0]; choices: readonly number[] }) {
  const workflow = planned(plan)
  const story = tell(workflow)
  const open: Open = { activities: new Set(), timers: new Set(), children: new Set(), signals: 0 }
  const cuts: { seen: number; decided: string[] }[] = []
  const left = [...choices]
  for (let round = 0; round < 400; round += 1) {
    const meanwhile = (left.shift() ?? 1) % 5 === 0
    const late = () => happen(story, open, left.shift() ?? 0)
    const before = story.events.length
    const decided = await story.decides(meanwhile ? late : undefined)
    cuts.push({ seen: before + 2, decided })
    for (const decision of decided) note(open, decision)
    for (; open.signals > 0; open.signals -= 1) story.signalSent(round % 2 === 0)
    if (ends.test(decided.at(-1) ?? '') && !meanwhile) return { workflow, story, cuts }
    if ((left[0] ?? 1) % 11 === 0) story.decisionTimesOut()
    for (let count = (left.shift() ?? 0) % 3; count >= 0; count -= 1) happen(story, open, left.shift() ?? 0)
  }
  throw new Error('it never ends')
}

test('every execution ends, and every cut of its history decides as it was decided', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (given) => {
      const { workflow, story, cuts } = await play(given)
      for (const { seen, decided } of cuts) {
        const again = (await decide(workflow, story.events.slice(0, seen))).map(inShort)
        expect(again.map(repeatable)).toEqual(decided.map(repeatable))
      }
    }),
    { numRuns: 500 },
  )
})

test('carried along from decision to decision, an execution decides as when replayed from its beginning', async () => {
  let carriedOn = 0
  await fc.assert(
    fc.asyncProperty(histories, async (given) => {
      const { workflow, story, cuts } = await play(given)
      let carried: Carried | undefined
      for (const { seen, decided } of cuts) {
        const since = story.events.slice(carried?.seen ?? 0, seen)
        const lost = since.some(({ eventType }) => eventType === 'DecisionTaskTimedOut')
        const next = await carried?.carryOn(since)
        expect(next === undefined, 'in doubt').toBe(carried === undefined || lost)
        if (next !== undefined) carriedOn += 1
        carried = next ?? (await carry(workflow, story.events.slice(0, seen)))
        expect(carried.seen).toBe(seen)
        expect(carried.decisions.map(inShort).map(repeatable)).toEqual(decided.map(repeatable))
      }
    }),
    { numRuns: 250 },
  )
  expect(carriedOn).toBeGreaterThan(500)
})

test('a rerun of an execution that was cut off anywhere asks for nothing that was done', async () => {
  const execution = { workflowId: 'replayed', runId: 'replayed' }
  let spared = 0
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async (given, at) => {
      const { workflow, story, cuts } = await play(given)
      const { seen } = cuts[at % cuts.length] ?? { seen: 1 }
      const before = story.events.slice(0, seen)
      const eventTimestamp = before.at(-1)?.eventTimestamp
      before.push({ eventType: 'WorkflowExecutionTimedOut', eventId: seen + 1, eventTimestamp })
      const done = before.flatMap(({ activityTaskCompletedEventAttributes: completed }) => {
        const scheduled = before.find(({ eventId }) => eventId === completed?.scheduledEventId)
        return scheduled?.activityTaskScheduledEventAttributes?.activityId?.replace(/#.*/, '') ?? []
      })
      const again = tell(workflow, JSON.parse(rerunOf(execution, before)?.input ?? ''), { execution })
      const open: Open = { activities: new Set(), timers: new Set(), children: new Set(), signals: 0 }
      for (let round = 0; round < 5; round += 1) {
        const decided = await again.decides()
        for (const decision of decided) note(open, decision)
        const asked = Array.from(open.activities, (id) => id.replace(/#.*/, ''))
        for (const step of asked) expect(done).not.toContain(step)
        if (ends.test(decided.at(-1) ?? '')) break
        for (; open.signals > 0; open.signals -= 1) again.signalSent(true)
        happen(again, open, 0)
      }
      expect(await decide(workflow, again.events, { execution })).toBeDefined()
      spared += done.length
    }),
    { numRuns: 120 },
  )
  expect(spared).toBeGreaterThan(100)
})

test('an execution is not carried over a gap', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async (given, at) => {
      const { workflow, story, cuts } = await play(given)
      const [first, second] = cuts
      if (first === undefined || second === undefined) return
      const since = story.events.slice(first.seen, second.seen)
      const gap = since.toSpliced(at % since.length, 1)
      const carried = await carry(workflow, story.events.slice(0, first.seen))
      expect(await carried.carryOn(gap)).toBeUndefined()
      expect(await carried.carryOn([])).toBeUndefined()
    }),
    { numRuns: 100 },
  )
})

/** Without the random numbers of local values, which are made anew for as long as their decision is not recorded. */
function repeatable(decision: string): string {
  return decision.replaceAll(/0\.\d+/g, 'random')
}

test('no step is tried more often than declared, stopped workers apart', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (given) => {
      const { story } = await play(given)
      const tries = new Map<string, number>()
      const steps = new Map<number, string>()
      for (const event of story.events) {
        const id = event.activityTaskScheduledEventAttributes?.activityId?.replace(/#.*/, '')
        if (id !== undefined) {
          steps.set(event.eventId ?? 0, id)
          tries.set(id, (tries.get(id) ?? 0) + 1)
        }
        const failed = event.activityTaskFailedEventAttributes
        const step = steps.get(failed?.scheduledEventId ?? 0)
        if (failed?.reason === 'WorkerStopping' && step !== undefined) tries.set(step, (tries.get(step) ?? 0) - 1)
      }
      expect(Math.max(0, ...tries.values())).toBeLessThanOrEqual(attempts)
    }),
    { numRuns: 200 },
  )
})

test('any prefix of any history gives decisions, or says by name what does not match', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async (given, at) => {
      const { workflow, story } = await play(given)
      const cut = story.events.slice(0, at % story.events.length)
      const outcome = await decide(workflow, cut).catch((error: unknown) => error)
      expect(Array.isArray(outcome) || outcome instanceof NonDeterminism).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('the history of one workflow does not pass for that of another', async () => {
  await fc.assert(
    fc.asyncProperty(histories, plans, async (given, other) => {
      fc.pre(JSON.stringify(given.plan) !== JSON.stringify(other))
      const { story } = await play(given)
      const outcome = await decide(planned(other), story.events).catch((error: unknown) => error)
      expect(Array.isArray(outcome) || outcome instanceof NonDeterminism).toBe(true)
      if (outcome instanceof NonDeterminism)
        expect(outcome.message).toMatch(/^Planned 1, decision \d+ .*recorded .* the code now asks/)
    }),
    { numRuns: 100 },
  )
})
