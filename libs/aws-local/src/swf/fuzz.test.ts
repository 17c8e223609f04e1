import {
  anything,
  array,
  assert,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  nat,
  oneof,
  record,
  string,
  type Arbitrary,
} from 'fast-check'
import { onTestFinished, expect, test } from 'vitest'
import { SwfError } from './wire/errors.ts'
import { operations } from './operations.ts'
import { startEngine } from '../testing/internal/swf-engine.ts'

/** Any request gets a result or an error of SWF, never an internal failure. */

const name = constantFrom('D', 'W', 'A', 'l', 'x')
const version = constantFrom('1', '2')
const id = constantFrom('a', 'b')
const type = record({ name, version })
const seconds = constantFrom('0', '60', 'NONE', '-1', '99999999')
const token = oneof(
  string(),
  anything().map((value) => Buffer.from(JSON.stringify(value) ?? '').toString('base64url')),
  record({ kind: constantFrom('decision', 'activity'), runId: string(), scheduled: nat(), started: nat() }).map(
    (value) => Buffer.from(JSON.stringify(value)).toString('base64url'),
  ),
)
const time = record({ oldestDate: constantFrom(0, 1.5e9, -1, Number.MAX_VALUE) })
const decision = record({
  decisionType: constantFrom('StartTimer', 'ScheduleActivityTask', 'StartChildWorkflowExecution', 'Nothing'),
  startTimerDecisionAttributes: record({ timerId: id, startToFireTimeout: seconds }),
  scheduleActivityTaskDecisionAttributes: record({ activityId: id, activityType: type }),
  startChildWorkflowExecutionDecisionAttributes: record({ workflowId: id, workflowType: type }),
})

const likely = {
  domain: constantFrom('D', 'E'),
  name,
  version,
  workflowId: id,
  runId: string(),
  execution: record({ workflowId: id, runId: string() }),
  workflowType: type,
  activityType: type,
  taskList: record({ name: constant('l') }),
  taskToken: token,
  nextPageToken: token,
  signalName: string(),
  input: string(),
  details: string(),
  decisions: array(decision, { maxLength: 3 }),
  registrationStatus: constantFrom('REGISTERED', 'DEPRECATED'),
  workflowExecutionRetentionPeriodInDays: constantFrom('0', '7', 'NONE', '91'),
  startTimeFilter: time,
  closeTimeFilter: time,
  typeFilter: type,
  tagFilter: record({ tag: string() }),
  maximumPageSize: constantFrom(0, 1, 1000, 1001, -1, 0.5),
  reverseOrder: boolean(),
  childPolicy: constantFrom('TERMINATE', 'ABANDON', 'REQUEST_CANCEL', 'ADOPT'),
  executionStartToCloseTimeout: seconds,
  taskStartToCloseTimeout: seconds,
  tagList: array(oneof(string(), constant(null))),
  resourceArn: constantFrom('arn:aws:swf:us-east-1:1:/domain/D', 'D', ''),
  tags: array(record({ key: string() })),
  tagKeys: array(string()),
}
/** Mostly valid members, some missing, some arbitrary. */
const request = record(
  Object.fromEntries(
    Object.entries<Arbitrary<unknown>>(likely).map(([member, right]) => [
      member,
      oneof({ weight: 40, arbitrary: right }, { weight: 1, arbitrary: anything() }),
    ]),
  ),
  {
    requiredKeys: ['domain', 'workflowId', 'workflowType', 'activityType', 'taskList', 'name', 'version', 'execution'],
  },
)
const body = oneof({ weight: 20, arbitrary: request }, { weight: 1, arbitrary: anything() })

test('any input of any operation gets a result or an error', async () => {
  const { swf, clock, register, close } = await startEngine()
  onTestFinished(close)
  await register()
  let results = 0
  await assert(
    asyncProperty(constantFrom(...operations.keys()), body, async (operation, given) => {
      clock.advance(100)
      try {
        const asked: unknown = JSON.parse(JSON.stringify(given) ?? 'null')
        await operations.get(operation)?.(swf, asked, { onGone: (listener) => listener() })
        results++
      } catch (error) {
        expect(error).toBeInstanceOf(SwfError)
      }
    }),
    { numRuns: 2000 },
  )
  expect(results).toBeGreaterThan(100)
})
