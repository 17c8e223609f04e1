import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { parseJson } from '../values/payload.ts'
import { stepId } from '../values/step-id.ts'

const FailedStep = Type.Object({ activity: Type.String(), key: Type.Optional(Type.String()) })

/** Reads the id of the step that the details of a failed execution name; `undefined` if they name none. */
export function failedStepId(details: string): string | undefined {
  const named = parseJson(details)
  return Value.Check(FailedStep, named) ? stepId(named.activity, named.key) : undefined
}
