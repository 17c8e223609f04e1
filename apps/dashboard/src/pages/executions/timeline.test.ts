import type { InspectedExecution, InspectedStep, Timeline } from '@continuum/workflow-core'
import { expect, test } from 'vitest'
import { buildGraph } from './graph.ts'
import { timelineHtml } from './timeline.ts'

const at = (hours: number, seconds = 0) => Temporal.Instant.from('2026-11-23T12:00:00Z').add({ hours, seconds })

const attempt = (number: number, started: Temporal.Instant, more: Partial<InspectedStep['attempts'][number]> = {}) => ({
  id: `PostToSite#${number}`,
  number,
  max: 24,
  scheduled: started,
  started,
  ended: started.add({ seconds: 30 }),
  outcome: 'failed' as const,
  ...more,
})
const step = (name: string, attempts: InspectedStep['attempts'], more: Partial<InspectedStep> = {}): InspectedStep => ({
  id: name,
  kind: 'activity',
  name,
  state: 'completed',
  attempts,
  after: [],
  ...more,
})
const entry = (instant: Temporal.Instant, text: string) => ({
  eventId: 1,
  at: instant,
  subject: 'step',
  text,
  failed: false,
})

function rendered(steps: InspectedStep[], entries: Timeline['entries'], more: Partial<InspectedExecution> = {}) {
  const inspected: InspectedExecution = {
    workflow: { name: 'W', version: '1' },
    started: at(0),
    ended: undefined,
    input: undefined,
    tags: [],
    parent: undefined,
    rerunOf: undefined,
    outcome: undefined,
    failedStep: undefined,
    steps,
    waits: [],
    ...more,
  }
  const timeline = { entries, open: [], closed: false }
  const html = timelineHtml({ inspected, graph: buildGraph(inspected, []), timeline }, (text) => text, at(9)).toString()
  const [bars = '', events = ''] = html.split('class="events"')
  const words = (part: string) => [...part.matchAll(/(?<=<b>|<p>|<span class="">)[^<]+/g)].map(([text]) => text.trim())
  return { bars: words(bars), events: words(events) }
}

test('the bars and the events of an execution fold the waits for the next attempt, up to now', () => {
  const steps = [
    step('Expand', [attempt(1, at(0), { outcome: 'completed' })], { began: at(0), ended: at(0, 30) }),
    step('PostToSite', [attempt(1, at(0, 30)), attempt(2, at(3))], { began: at(0, 30), state: 'retrying' }),
  ]
  const { bars, events } = rendered(steps, [entry(at(0, 60), 'attempt 1 FAILED'), entry(at(3, 30), 'attempt 2 FAILED')])
  const folds = [
    '2 hours, 59 minutes waiting, for the next attempt of PostToSite',
    '5 hours, 59 minutes waiting, for the next attempt of PostToSite',
  ]
  expect(bars).toEqual(['Expand', 'PostToSite', ...folds])
  expect(events).toEqual(['step', 'attempt 1 FAILED', folds[0], 'step', 'attempt 2 FAILED', folds[1]])
})

test('a wait for a worker or a timer says so, and one without a reason says how long', () => {
  const late = attempt(1, at(2), { scheduled: at(0, 10) })
  const worker = rendered([step('Expand', [late], { began: at(0, 10), ended: at(2, 30) })], [], { ended: at(2, 30) })
  expect(worker.bars).toEqual(['Expand', '1 hour, 59 minutes waiting, for a worker to take Expand'])
  const timer = rendered([step('sleep.embargo', [], { kind: 'timer', began: at(0), ended: at(2) })], [], {
    ended: at(2),
  })
  expect(timer.events).toEqual(['2 hours waiting, for the timer sleep.embargo'])
  expect(rendered([], [entry(at(4), 'received')]).events).toEqual([
    '4 hours waiting',
    'step',
    'received',
    '5 hours waiting',
  ])
})
