import * as m from '../wire/members.ts'
import { structure } from '../wire/shape.ts'
import { decision } from './decision.ts'

/** There is no Lambda here: each function is scheduled and at once fails to start, as one does whose role SWF can't assume. */
export const scheduleLambdaFunction = decision(
  structure({ id: m.name, name: m.label }, { control: m.data, input: m.data, startToCloseTimeout: m.duration }),
  (draft, { id, name, control, input, startToCloseTimeout }, batch) => {
    const { decisionTaskCompletedEventId } = batch
    const attributes = { id, name, control, input, startToCloseTimeout, decisionTaskCompletedEventId }
    const scheduledEventId = draft.record('LambdaFunctionScheduled', attributes)
    const message = 'Lambda functions do not run here.'
    draft.record('StartLambdaFunctionFailed', { scheduledEventId, cause: 'ASSUME_ROLE_FAILED', message })
    batch.requestDecisionTask()
  },
)
