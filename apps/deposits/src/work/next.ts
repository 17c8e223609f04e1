import { implement, type Implementation } from '@continuum/workflow-core'
import { readDeposit } from '../store/deposits.ts'
import { nextDepositStep } from '../workflows/activities.ts'
import { lookAt, type Next } from './look.ts'
import type { WorkTools } from './tools.ts'

/** Decides the next step of a deposit that has an execution of its own. One that has it with others is left to that. */
export function implementNext(tools: WorkTools): Implementation {
  return implement(nextDepositStep, async ({ deposit }): Promise<Next> => {
    const { together, state } = await readDeposit(tools.sql, deposit)
    return together ? { step: 'end', state } : lookAt(tools, deposit)
  })
}
