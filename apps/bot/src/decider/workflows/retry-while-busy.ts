import type { StepOptions, WorkflowTools } from '@continuum/workflow-core'
import { Value } from 'typebox/value'
import { Busy } from '../../activities/busy.ts'

/**
 * Runs a step whose service may be busy: waits for as long as the step says and runs it again, until the service is no
 * longer busy. That uses up no attempt of the step's retry policy; a failure is handled as usual.
 *
 * @param name the step's name, from which the ids of the timers derive
 */
export async function retryWhileBusy<Output>(
  ctx: Pick<WorkflowTools, 'sleep'>,
  name: string,
  run: (again: { busyBefore?: number }, options: StepOptions) => Promise<Output | Busy>,
): Promise<Output> {
  for (let busy = 0; ; busy++) {
    const answer = await (busy === 0 ? run({}, {}) : run({ busyBefore: busy }, { key: `busy-${busy}` }))
    if (!isBusy(answer)) return answer
    await ctx.sleep(`${answer.busyFor}s`, { key: `${name}.busy-${busy + 1}` })
  }
}

function isBusy(answer: unknown): answer is Busy {
  return Value.Check(Busy, answer)
}
