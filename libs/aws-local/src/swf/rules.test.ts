import {
  assert,
  asyncProperty,
  array,
  constant,
  constantFrom,
  nat,
  oneof,
  record,
  tuple,
  type Arbitrary,
} from 'fast-check'
import { expect, test } from 'vitest'
import { replay } from './engine/replay.ts'
import { nextDue } from './execution/due.ts'
import { decodeEvent } from './execution/encoding.ts'
import { startEngine } from '../testing/internal/swf-engine.ts'

/**
 * Invariants for any sequence of calls: histories without gaps and in order of time, never two scheduled decision tasks, nothing
 * after a close, nothing overdue, and a state in memory that equals the stored history.
 */
test('the rules hold', async () => {
  await assert(
    asyncProperty(array(move, { maxLength: 40 }), async (moves) => {
      const engine = await startEngine()
      await engine.register()
      for (const each of moves) {
        await make(engine, each)
        check(engine)
      }
      engine.close()
    }),
    { numRuns: 60 },
  )
})

type Engine = Awaited<ReturnType<typeof startEngine>>

const ids = constantFrom('a', 'b', 'c')
const of = (decisionType: string, attributes: object) => ({
  decisionType,
  [`${decisionType.charAt(0).toLowerCase()}${decisionType.slice(1)}DecisionAttributes`]: attributes,
})
const activityType = { name: 'A', version: '1' }
const workflowType = { name: 'W', version: '1' }
const policies = constantFrom('TERMINATE', 'REQUEST_CANCEL', 'ABANDON')

const decision: Arbitrary<object> = oneof(
  ids.map((activityId) => of('ScheduleActivityTask', { activityId, activityType })),
  ids.map((activityId) => of('RequestCancelActivityTask', { activityId })),
  tuple(ids, nat(100)).map(([timerId, s]) => of('StartTimer', { timerId, startToFireTimeout: String(s) })),
  ids.map((timerId) => of('CancelTimer', { timerId })),
  tuple(ids, policies).map(([workflowId, childPolicy]) =>
    of('StartChildWorkflowExecution', { workflowId, workflowType, childPolicy }),
  ),
  ids.map((workflowId) => of('SignalExternalWorkflowExecution', { workflowId, signalName: 's' })),
  ids.map((workflowId) => of('RequestCancelExternalWorkflowExecution', { workflowId })),
)
const close = constantFrom('Complete', 'Fail', 'Cancel', 'ContinueAsNew').map((how) => [
  of(`${how}WorkflowExecution`, {}),
])

const move = oneof(
  { weight: 2, arbitrary: record({ does: constant('start'), workflowId: ids, childPolicy: policies }) },
  {
    weight: 6,
    arbitrary: record({ does: constant('decide'), decisions: oneof(array(decision, { maxLength: 4 }), close) }),
  },
  { weight: 2, arbitrary: record({ does: constant('take a decision task') }) },
  {
    weight: 4,
    arbitrary: record({
      does: constant('work'),
      answer: constantFrom(
        'RespondActivityTaskCompleted',
        'RespondActivityTaskFailed',
        'RespondActivityTaskCanceled',
        'RecordActivityTaskHeartbeat',
        'PollForActivityTask',
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: record({
      does: constant('order'),
      operation: constantFrom('RequestCancelWorkflowExecution', 'TerminateWorkflowExecution'),
      workflowId: ids,
    }),
  },
  { weight: 2, arbitrary: record({ does: constant('signal'), workflowId: ids }) },
  { weight: 3, arbitrary: record({ does: constant('wait'), seconds: nat(60) }) },
)
type Move = typeof move extends Arbitrary<infer T> ? T : never

async function make({ swf, clock, call }: Engine, each: Move): Promise<void> {
  const { open, decisionTasks, activityTasks } = swf.engine
  const list = { domain: 'D', taskList: { name: 'l' } }
  switch (each.does) {
    case 'start': {
      const { workflowId, childPolicy } = each
      if (open.find('D', workflowId) === undefined)
        await call('StartWorkflowExecution', { domain: 'D', workflowId, workflowType, childPolicy })
      return
    }
    case 'take a decision task':
      if (decisionTasks.first('D', 'l') !== undefined) await call('PollForDecisionTask', list)
      return
    case 'decide': {
      if (decisionTasks.first('D', 'l') === undefined) return
      const { taskToken } = await call<{ taskToken: string }>('PollForDecisionTask', list)
      await call('RespondDecisionTaskCompleted', { taskToken, decisions: each.decisions })
      return
    }
    case 'work': {
      if (activityTasks.first('D', 'l') === undefined) return
      const { taskToken } = await call<{ taskToken: string }>('PollForActivityTask', list)
      if (each.answer !== 'PollForActivityTask') await call(each.answer, { taskToken })
      return
    }
    case 'signal':
    case 'order': {
      const { workflowId } = each
      if (open.find('D', workflowId) === undefined) return
      if (each.does === 'order') await call(each.operation, { domain: 'D', workflowId })
      else await call('SignalWorkflowExecution', { domain: 'D', workflowId, signalName: 's' })
      return
    }
    case 'wait':
      clock.advance(each.seconds * 1000)
  }
}

function check({ swf, clock }: Engine): void {
  const { engine, executions, histories } = swf
  engine.catchUp()
  const all = { first: 1, last: Number.MAX_SAFE_INTEGER, limit: -1, newestFirst: false }
  let [waitingDecisions, waitingActivities] = [0, 0]
  for (const { key, state } of engine.open.all()) {
    expect(replay(histories, key, state.domain, state.run)).toEqual(state)
    expect(nextDue(state)?.at ?? Infinity).toBeGreaterThan(clock.now())
    if (state.waitingDecision !== undefined && state.startedDecision === undefined) waitingDecisions++
    for (const { started } of state.activities.values()) if (started === undefined) waitingActivities++
  }
  expect(engine.decisionTasks.count('D', 'l')).toBe(waitingDecisions)
  expect(engine.activityTasks.count('D', 'l')).toBe(waitingActivities)
  const everything = { conditions: [], by: 'started_at', oldestFirst: true, after: undefined, limit: -1 } as const
  for (const { key, closed, run } of executions.list({ ...everything, conditions: [['1 = 1']] })) {
    const events = histories.read(key, all).map(decodeEvent)
    expect(events.map(({ id }) => id)).toEqual(events.map((_, at) => at + 1))
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted((one, other) => one - other))
    let unstarted = 0
    for (const { type } of events) {
      if (type === 'DecisionTaskScheduled') unstarted++
      if (type === 'DecisionTaskStarted') unstarted--
      expect([0, 1]).toContain(unstarted)
    }
    const closes = events.filter(({ type }) =>
      /^WorkflowExecution(Completed|Failed|Canceled|TimedOut|Terminated|ContinuedAsNew)$/.test(type),
    )
    expect(closes).toEqual(closed === undefined ? [] : events.slice(-1))
    expect(engine.open.ofRun(run.runId) === undefined).toBe(closed !== undefined)
  }
}
