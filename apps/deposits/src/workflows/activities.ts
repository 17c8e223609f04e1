import { DepositState } from '@continuum/messages'
import { activity, type RetryPolicy } from '@continuum/workflow-core'
import { Type } from 'typebox'

/** The task list of this service's worker: deposits hold up nothing else, and nothing else them. */
const taskList = 'deposits'

/** Retries for the database and S3. A recipient that is down is no failure of an activity: the deposit waits. */
const retry: RetryPolicy = { maxAttempts: 200, initialInterval: '2s', backoffCoefficient: 3, maxInterval: '5m' }

/** A publication: a run of a version of an article. */
export const OnePublication = Type.Object({
  articleId: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  run: Type.String(),
})

/** Takes the deposits of a publication for one recipient as far as they go now; answers the seconds until there is more to do. */
export const advanceDeposits = activity({
  name: 'AdvanceDeposits',
  version: '1',
  input: Type.Object({ ...OnePublication.properties, recipient: Type.String() }),
  output: Type.Object({
    seconds: Type.Optional(Type.Integer({ minimum: 1, description: 'absent: all have ended' })),
  }),
  taskList,
  timeouts: { startToClose: '4h', heartbeat: '60s' },
  retry,
})

const OneDeposit = Type.Object({ deposit: Type.String() })

/** Decides what is done with a deposit next. This and the following are for deposits that have an execution of their own. */
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
