import { DepositState } from '@continuum/messages'
import { activity, type RetryPolicy } from '@continuum/workflow-core'
import { Type } from 'typebox'

/** The task list of this service's worker: deposits hold up nothing else, and nothing else them. */
const taskList = 'deposits'

/** Retries for the database and S3. A recipient that is down is no failure of an activity: the deposit waits. */
const retry: RetryPolicy = { maxAttempts: 200, initialInterval: '2s', backoffCoefficient: 3, maxInterval: '5m' }

const OneDeposit = Type.Object({ deposit: Type.String() })

/** Decides what is done with a deposit next. */
export const nextDepositStep = activity({
  name: 'NextDepositStep',
  version: '1',
  input: OneDeposit,
  output: Type.Union([
    Type.Object({ step: Type.Literal('end'), state: DepositState }),
    Type.Object({ step: Type.Literal('wait'), seconds: Type.Integer({ minimum: 1 }) }),
    Type.Object({ step: Type.Literal('send') }),
    Type.Object({ step: Type.Literal('ask') }),
  ]),
  taskList,
  timeouts: { startToClose: '5m', heartbeat: '60s' },
  retry,
})

/** Makes the document of a deposit, and sends it. */
export const sendDeposit = activity({
  name: 'SendDeposit',
  version: '1',
  input: OneDeposit,
  output: Type.Void(),
  taskList,
  timeouts: { startToClose: '1h', heartbeat: '60s' },
  retry,
})

/** Asks the recipient how a deposit ended. */
export const askDeposit = activity({
  name: 'AskDeposit',
  version: '1',
  input: OneDeposit,
  output: Type.Void(),
  taskList,
  timeouts: { startToClose: '10m', heartbeat: '60s' },
  retry,
})
