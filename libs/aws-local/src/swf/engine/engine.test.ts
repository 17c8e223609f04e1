import { onTestFinished, expect, test } from 'vitest'
import { startEngine } from '../../testing/internal/swf-engine.ts'
import { replay } from './replay.ts'

/** A store that fails in the middle of a change leaves no trace of it, neither stored nor in memory. */

const workflowType = { name: 'W', version: '1' }
const poll = { domain: 'D', taskList: { name: 'l' } }

async function withFailingStore() {
  const engine = await startEngine()
  onTestFinished(engine.close)
  await engine.register()
  engine.db.exec(`CREATE TRIGGER full BEFORE INSERT ON swf_event WHEN NEW.event LIKE '%too much%'
    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`)
  await engine.call('StartWorkflowExecution', { domain: 'D', workflowId: 'parent', workflowType })
  return engine
}

test('a batch that cannot be stored as a whole is not stored at all, and can be sent again', async () => {
  const { call, swf } = await withFailingStore()
  const { taskToken } = await call<{ taskToken: string }>('PollForDecisionTask', poll)
  const child = { workflowId: 'child', workflowType, taskList: { name: 'l' } }
  const marked = (details: string) => ({
    taskToken,
    decisions: [
      { decisionType: 'StartChildWorkflowExecution', startChildWorkflowExecutionDecisionAttributes: child },
      { decisionType: 'StartTimer', startTimerDecisionAttributes: { timerId: 't', startToFireTimeout: '5' } },
      { decisionType: 'RecordMarker', recordMarkerDecisionAttributes: { markerName: 'm', details } },
    ],
  })
  await expect(call('RespondDecisionTaskCompleted', marked('too much'))).rejects.toThrow('the disk is full')
  const parent = swf.engine.open.find('D', 'parent')
  expect(swf.engine.open.find('D', 'child')).toBeUndefined()
  expect(parent?.state.lastEventId).toBe(3)
  expect(parent?.state).toEqual(
    replay(swf.histories, parent?.key ?? 0, 'D', parent?.state.run ?? { workflowId: '', runId: '' }),
  )
  expect(swf.engine.decisionTasks.count('D', 'l')).toBe(0)

  await call('RespondDecisionTaskCompleted', marked('little'))
  expect(swf.engine.open.find('D', 'child')).toBeDefined()
  expect(swf.engine.decisionTasks.count('D', 'l')).toBe(2)
})

test('a failing side effect on another execution rolls back the change', async () => {
  const { call, swf } = await withFailingStore()
  await call('StartWorkflowExecution', {
    domain: 'D',
    workflowId: 'other',
    workflowType,
    taskList: { name: 'elsewhere' },
  })
  const { taskToken } = await call<{ taskToken: string }>('PollForDecisionTask', poll)
  swf.context.db
    .exec(`CREATE TRIGGER unreachable BEFORE INSERT ON swf_event WHEN NEW.event LIKE '%WorkflowExecutionSignaled%'
    BEGIN SELECT RAISE(ABORT, 'not that one'); END`)
  const signal = { workflowId: 'other', signalName: 's' }
  const decisions = [
    { decisionType: 'SignalExternalWorkflowExecution', signalExternalWorkflowExecutionDecisionAttributes: signal },
  ]
  await expect(call('RespondDecisionTaskCompleted', { taskToken, decisions })).rejects.toThrow('not that one')
  for (const workflowId of ['parent', 'other']) {
    const execution = swf.engine.open.find('D', workflowId)
    expect(execution?.state.lastEventId).toBe(workflowId === 'parent' ? 3 : 2)
  }
})
