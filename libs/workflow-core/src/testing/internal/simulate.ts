import fc from 'fast-check'
import { PermanentFailure, WorkerStoppingError } from '../../values/errors.ts'
import { workflowOf, plans } from './random-workflow.ts'
import { buildHistory, type HistoryBuilder } from './history-builder.ts'

/**
 * Simulates executions of random workflows: steps succeed, fail, time out and are interrupted, timers fire, signals and
 * cancellations arrive at any time, decisions are lost, and closes are rejected because new events arrived.
 */

/** The open work of an execution, as SWF knows it. */
export interface OpenWork {
  readonly activities: Set<string>
  readonly timers: Set<string>
  readonly children: Set<string>
  signals: number
}

export function trackDecision(open: OpenWork, decision: string): void {
  const [, what, id = ''] = /^(cancel timer|activity|timer|child|signal|) ?(\S*)/.exec(decision) ?? []
  if (what === 'activity') open.activities.add(id)
  if (what === 'timer') open.timers.add(id)
  if (what === 'child') open.children.add(id)
  if (what === 'signal') open.signals += 1
  if (what === 'cancel timer') open.timers.delete(id)
}

/** Adds an event about some of the open work, picked by the choice. */
export function simulateEvent(history: HistoryBuilder, open: OpenWork, choice: number): void {
  const all = [
    ...Array.from(open.activities, (id) => ['activity', id] as const),
    ...Array.from(open.timers, (id) => ['timer', id] as const),
    ...Array.from(open.children, (id) => ['child', id] as const),
  ]
  const [kind, id] = all[choice % Math.max(all.length, 1)] ?? ['none', '']
  const fate = Math.floor(choice / 7) % 10
  if (kind === 'activity') {
    open.activities.delete(id)
    if (fate < 5) history.completed(id, 'done')
    else if (fate === 5) history.failed(id, new PermanentFailure('never'))
    else if (fate === 6) history.failed(id, new WorkerStoppingError('deploy'))
    else if (fate === 7) history.timedOut(id, 'HEARTBEAT', '"half"')
    else if (fate === 8) history.canceled(id)
    else history.failed(id, new Error('busy'))
  }
  if (kind === 'timer') {
    open.timers.delete(id)
    history.fired(id)
  }
  if (kind === 'child') {
    open.children.delete(id)
    if (fate < 7) history.childCompleted(id)
    else if (fate < 9) history.childFailed(id, 'broken')
    else history.childCanceled(id)
  }
  if (kind === 'none' || fate === 3) history.signaled('word', 'hello')
  if (choice % 83 === 0) history.cancelRequested()
}

/** Matches the summary of a closing decision. */
export const closingDecision = /^(complete|fail|cancel$|continue)/
/** Generates the inputs of {@link simulate}. */
export const histories = fc.record({
  plan: plans,
  choices: fc.array(fc.nat({ max: 10_000 }), { maxLength: 150, size: 'max' }),
})

/** Simulates a plan to its close; returns, for each decision, the number of events that it saw and its summaries. */
export async function simulate({
  plan,
  choices,
}: {
  plan: Parameters<typeof workflowOf>[0]
  choices: readonly number[]
}) {
  const workflow = workflowOf(plan)
  const history = buildHistory(workflow)
  const open: OpenWork = { activities: new Set(), timers: new Set(), children: new Set(), signals: 0 }
  const cuts: { seen: number; decided: string[] }[] = []
  const left = [...choices]
  for (let round = 0; round < 400; round += 1) {
    const meanwhile = (left.shift() ?? 1) % 5 === 0
    const late = () => simulateEvent(history, open, left.shift() ?? 0)
    const before = history.events.length
    const decided = await history.decide(meanwhile ? late : undefined)
    cuts.push({ seen: before + 2, decided })
    for (const decision of decided) trackDecision(open, decision)
    for (; open.signals > 0; open.signals -= 1) history.signalSent(round % 2 === 0)
    if (closingDecision.test(decided.at(-1) ?? '') && !meanwhile) return { workflow, history, cuts }
    if ((left[0] ?? 1) % 11 === 0) history.decisionTimesOut()
    for (let count = (left.shift() ?? 0) % 3; count >= 0; count -= 1) simulateEvent(history, open, left.shift() ?? 0)
  }
  throw new Error('the simulated execution never closes')
}
