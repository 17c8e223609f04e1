import type { StepOptions, WorkflowTools } from '@continuum/workflow-core'
import { Value } from 'typebox/value'
import { Busy } from '../../activities/busy.ts'

/**
 * Takes a step whose service may be busy: it is then left alone for as long as the step says, and asked again, until it
 * has room. That is no failure, so it uses up no attempt of the step's policy; a failure is one as ever.
 *
 * @param name of the step; the waits are named after it
 */
export async function patiently<Output>(
  ctx: Pick<WorkflowTools, 'sleep'>,
  name: string,
  ask: (again: { busyBefore?: number }, options: StepOptions) => Promise<Output | Busy>,
): Promise<Output> {
  for (let busy = 0; ; busy++) {
    const answer = await (busy === 0 ? ask({}, {}) : ask({ busyBefore: busy }, { key: `busy-${busy}` }))
    if (!isBusy(answer)) return answer
    await ctx.sleep(`${answer.busyFor}s`, { key: `${name}.busy-${busy + 1}` })
  }
}

function isBusy(answer: unknown): answer is Busy {
  return Value.Check(Busy, answer)
}
