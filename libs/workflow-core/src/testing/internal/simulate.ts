import fc from 'fast-check'
import { PermanentFailure, WorkerStopping } from '../../values/errors.ts'
import { planned, plans } from './random-workflow.ts'
import { tell, type Story } from './history-builder.ts'

/**
 * Random workflows on random fates: steps succeed, fail, time out and are cut short, timers fire, signals and
 * cancellations come at any moment, decisions are lost, ends are refused because something came meanwhile.
 */

/** What is open in an execution, as SWF knows it. */
export interface Open {
  readonly activities: Set<string>
  readonly timers: Set<string>
  readonly children: Set<string>
  signals: number
}

export function note(open: Open, decision: string): void {
  const [, what, id = ''] = /^(cancel timer|activity|timer|child|signal|) ?(\S*)/.exec(decision) ?? []
  if (what === 'activity') open.activities.add(id)
  if (what === 'timer') open.timers.add(id)
  if (what === 'child') open.children.add(id)
  if (what === 'signal') open.signals += 1
  if (what === 'cancel timer') open.timers.delete(id)
}

/** Lets one of the open things happen, as the choice says. */
export function happen(story: Story, open: Open, choice: number): void {
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

export const ends = /^(complete|fail|cancel$|continue)/
export const histories = fc.record({
  plan: plans,
  choices: fc.array(fc.nat({ max: 10_000 }), { maxLength: 150, size: 'max' }),
})

/** Plays a plan to the end; gives what each decision saw, as a number of events, and what it decided. */
export async function play({ plan, choices }: { plan: Parameters<typeof planned>[0]; choices: readonly number[] }) {
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
