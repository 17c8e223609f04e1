import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { activity } from '../declare/activity.ts'
import { implement } from '../declare/implement.ts'
import { createMetrics, joinMetrics } from './metrics.ts'
import { createTestClock } from '../testing/clock.ts'
import { startTestEnvironment } from '../testing/test-environment.ts'
import { workflow } from '../declare/workflow.ts'

/** The Prometheus metrics of deciders and workers. */

const greet = activity({
  name: 'Greet',
  version: '1',
  input: Type.Void(),
  output: Type.String(),
  timeouts: { startToClose: '1m' },
  retry: { maxAttempts: 2, initialInterval: '0s', backoffCoefficient: 1, maxInterval: '0s' },
})
const greeting = workflow(
  { name: 'Greeting', version: '1', input: Type.Void(), output: Type.String(), timeout: '1d', uses: { greet } },
  (ctx) => ctx.greet(undefined),
)

/** Resolves when a text has the line; the test's own time-out is the limit. */
async function untilSaid(text: () => Promise<string>, line: string): Promise<void> {
  while (!(await text()).includes(line)) await new Promise((resolve) => setTimeout(resolve, 2))
}

test('polls, tasks, durations and attempts of a decider and a worker are counted', async () => {
  await using env = await startTestEnvironment()
  const decider = await env.startDecider([greeting])
  const [worker] = env.startWorkers([
    implement(greet, async (_, { attempt }) => {
      if (attempt === 1) throw new Error('busy')
      return 'hello'
    }),
  ])
  if (worker === undefined) throw new Error('no worker')
  const { runId = '' } = await env.client.start(greeting, { workflowId: 'g', input: undefined })
  await env.client.result(greeting, { workflowId: 'g', runId })
  await untilSaid(
    decider.metrics,
    'workflow_tasks_total{loop="decider",task_list="decisions",type="Greeting",outcome="decided"} 4\n',
  )
  await untilSaid(
    worker.metrics,
    'workflow_tasks_total{loop="worker",task_list="activities",type="Greet",outcome="completed"} 1\n',
  )
  const said = await worker.metrics()
  expect(said).toContain('workflow_tasks_total{loop="worker",task_list="activities",type="Greet",outcome="failed"} 1\n')
  expect(said).toContain(
    'workflow_attempts_total{loop="worker",task_list="activities",type="Greet",attempt="first"} 1\n',
  )
  expect(said).toContain(
    'workflow_attempts_total{loop="worker",task_list="activities",type="Greet",attempt="retry"} 1\n',
  )
  expect(said).toContain('workflow_polls_total{loop="worker",task_list="activities",outcome="task"} 2\n')
  expect(said).toContain(
    'workflow_task_seconds_bucket{loop="worker",task_list="activities",type="Greet",le="+Inf"} 2\n',
  )
  expect(Number(/^workflow_last_poll_age_seconds\{.*\} (.*)$/m.exec(said)?.[1])).toBeLessThan(60)
})

test('the tasks that wait in each task list are counted', async () => {
  await using env = await startTestEnvironment({ clock: createTestClock() })
  const decider = await env.startDecider([greeting])
  const started = await Promise.all(
    ['a', 'b', 'c'].map((workflowId) => env.client.start(greeting, { workflowId, input: undefined })),
  )
  expect(started.every((each) => each.started)).toBe(true)
  const [begun, may] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const [worker] = env.startWorkers(
    [
      implement(greet, async () => {
        begun.resolve()
        await may.promise
        return 'hello'
      }),
    ],
    { concurrency: 1 },
  )
  if (worker === undefined) throw new Error('no worker')
  await begun.promise
  await untilSaid(worker.metrics, '\nworkflow_pending_tasks{loop="worker",task_list="activities"} 2\n')
  await untilSaid(decider.metrics, '\nworkflow_pending_tasks{loop="decider",task_list="decisions"} 0\n')
  may.resolve()
  await untilSaid(worker.metrics, '\nworkflow_pending_tasks{loop="worker",task_list="activities"} 0\n')
})

test('without SWF there is no count, and all the rest', async () => {
  const metrics = createMetrics({ loop: 'a' })
  const text = await metrics.text(3, () => Promise.reject(new Error('out of reach')))
  expect(text).not.toContain('pending')
  expect(text).toContain('workflow_last_poll_age_seconds{loop="a"} 3\n')
})

test('the text is what Prometheus reads', async () => {
  const metrics = createMetrics({ loop: 'worker', task_list: 'a"b\\c\nd' })
  metrics.polled('task')
  metrics.attempted('Greet', 2)
  metrics.worked('Greet', 'completed', 0.5)
  const text = await metrics.text(1, async () => ({ count: 7 }))
  const label = String.raw`[a-z_]+="(?:[^"\\\n]|\\[\\"n])*"`
  const sample = new RegExp(`^([a-z_]+)\\{${label}(?:,${label})*\\} [0-9.e+-]+$`)
  let family = ''
  for (const line of text.trimEnd().split('\n')) {
    const [, help, type] = /^# HELP (\S+) \S.*$|^# TYPE (\S+) (?:counter|gauge|histogram)$/.exec(line) ?? []
    if (help !== undefined) family = help
    else if (type !== undefined) expect(type).toBe(family)
    else expect(sample.exec(line)?.[1]?.replace(/_(bucket|sum|count)$/, ''), line).toBe(family)
  }
  expect(text.endsWith('\n')).toBe(true)
})

test('a decision that is refused is counted as such', async () => {
  await using env = await startTestEnvironment({ clock: createTestClock() })
  const decider = await env.startDecider([
    workflow({ ...greeting, uses: { greet } }, async () => {
      await new Promise(() => {})
      return ''
    }),
  ])
  await env.client.start(greeting, { workflowId: 'g', input: undefined })
  await untilSaid(decider.metrics, 'type="Greeting",outcome="refused"} 1\n')
})

const none = async () => ({ count: undefined })

test('a duration is in every bucket that holds it', async () => {
  const metrics = createMetrics({ loop: 'a "b"\\' })
  metrics.worked('W', 'decided', 0.02)
  metrics.worked('W', 'decided', 3)
  const buckets = [...(await metrics.text(0, none)).matchAll(/le="(.*)"\} (\d)/g)].map(
    ([, bound, count]) => `${bound} ${count}`,
  )
  expect(buckets).toEqual([
    '0.005 0',
    '0.025 1',
    '0.1 1',
    '0.5 1',
    '2.5 1',
    '10 2',
    '60 2',
    '300 2',
    '1800 2',
    '+Inf 2',
  ])
  expect(await metrics.text(1.5, none)).toContain(String.raw`workflow_last_poll_age_seconds{loop="a \"b\"\\"} 1.5`)
  expect(await metrics.text(0, none)).toContain('workflow_task_seconds_sum{loop="a \\"b\\"\\\\",type="W"} 3.02\n')
})

test('of several loops, each family is told once', async () => {
  const [one, other] = [createMetrics({ task_list: 'activities' }), createMetrics({ task_list: 'images' })]
  one.polled('task')
  other.polled('failed')
  expect(joinMetrics([await one.text(1, none), await other.text(2, none), ''])).toBe(
    [
      '# HELP workflow_last_poll_age_seconds Since the slowest poller last heard from SWF, or was at work.',
      '# TYPE workflow_last_poll_age_seconds gauge',
      'workflow_last_poll_age_seconds{task_list="activities"} 1',
      'workflow_last_poll_age_seconds{task_list="images"} 2',
      '# HELP workflow_polls_total Polls of SWF that ended.',
      '# TYPE workflow_polls_total counter',
      'workflow_polls_total{task_list="activities",outcome="task"} 1',
      'workflow_polls_total{task_list="images",outcome="failed"} 1',
      '',
    ].join('\n'),
  )
  expect(joinMetrics([])).toBe('')
})
