import * as m from '../wire/members.ts'
import { structure } from '../wire/shape.ts'
import { decision } from './decision.ts'

/** Schedules a Lambda function, which fails to start, as one does whose role SWF cannot assume: there is no Lambda here. */
export const scheduleLambdaFunction = decision(
  structure({ id: m.name, name: m.label }, { control: m.data, input: m.data, startToCloseTimeout: m.duration }),
  (draft, { id, name, control, input, startToCloseTimeout }, batch) => {
    const { decisionTaskCompletedEventId } = batch
    const attributes = { id, name, control, input, startToCloseTimeout, decisionTaskCompletedEventId }
    const scheduledEventId = draft.record('LambdaFunctionScheduled', attributes)
    const message = 'Lambda functions are not supported by aws-local.'
    draft.record('StartLambdaFunctionFailed', { scheduledEventId, cause: 'ASSUME_ROLE_FAILED', message })
    batch.requestDecisionTask()
  },
)
