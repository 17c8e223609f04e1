import { activityType, domain, registerTypes, workflowType } from './executions.ts'
import { startServer, type Server } from './server.ts'

const few = 10
const steps = 20
const rounds = 15

/**
 * A step (schedule, start, complete an activity, and the next decision) with few and with many executions open, each of which
 * waits for a timer and an activity. By turns, so that whatever else the machine does slows both.
 */
export async function measureOpenExecutions(many: number): Promise<string> {
  await using one = await startServer()
  await using other = await startServer()
  await openExecutions(one, few)
  await openExecutions(other, many)
  const took = { few: [] as number[], many: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const [a, b] = [await stepTimes(one, `few-${round}`), await stepTimes(other, `many-${round}`)]
    // What is compiled at first use is no step's cost.
    if (round === 0) continue
    took.few.push(...a)
    took.many.push(...b)
  }
  const [low, high] = [median(took.few), median(took.many)]
  return `swf: a step with ${few} executions open ${low.toFixed(2)} ms, with ${many} open ${high.toFixed(2)} ms, ratio ${(high / low).toFixed(2)} (budget 1, give or take what two equal servers differ; ${rounds * steps} steps, medians)`
}

const swfOf =
  ({ call }: Server) =>
  (operation: string, input: object) =>
    call(`SimpleWorkflowService.${operation}`, { domain, ...input })

const schedule = (activityId: string, taskList: string) => ({
  decisionType: 'ScheduleActivityTask',
  scheduleActivityTaskDecisionAttributes: { activityId, activityType, taskList: { name: taskList } },
})

async function openExecutions(server: Server, count: number): Promise<void> {
  const swf = swfOf(server)
  await registerTypes(server)
  const startTimer = {
    decisionType: 'StartTimer',
    startTimerDecisionAttributes: { timerId: 'long', startToFireTimeout: '3000' },
  }
  for (let n = 0; n < count; n++) {
    await swf('StartWorkflowExecution', { workflowId: `open-${n}`, workflowType })
    const { taskToken } = await swf('PollForDecisionTask', { taskList: { name: 'decisions' } })
    await swf('RespondDecisionTaskCompleted', { taskToken, decisions: [startTimer, schedule('waits', 'nobody')] })
  }
}

/** The milliseconds of each step of one execution. */
async function stepTimes(server: Server, workflowId: string): Promise<number[]> {
  const swf = swfOf(server)
  const took: number[] = []
  await swf('StartWorkflowExecution', { workflowId, workflowType })
  let { taskToken: decision } = await swf('PollForDecisionTask', { taskList: { name: 'decisions' } })
  for (let n = 0; n < steps; n++) {
    const began = performance.now()
    await swf('RespondDecisionTaskCompleted', { taskToken: decision, decisions: [schedule(String(n), 'activities')] })
    const { taskToken } = await swf('PollForActivityTask', { taskList: { name: 'activities' } })
    await swf('RespondActivityTaskCompleted', { taskToken, result: 'done' })
    decision = (await swf('PollForDecisionTask', { taskList: { name: 'decisions' } })).taskToken
    took.push(performance.now() - began)
  }
  await swf('TerminateWorkflowExecution', { workflowId })
  return took
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
