import type { Server } from './server.ts'

export const domain = 'bench'
export const workflowType = { name: 'Bench', version: '1' }
export const activityType = { name: 'Step', version: '1' }

/** The domain and its types; once more does no harm. */
export async function registerTypes({ call }: Server): Promise<void> {
  const register = (operation: string, input: object) =>
    call(`SimpleWorkflowService.${operation}`, input).catch((error: unknown) => {
      if (!/AlreadyExists/.test(String(error))) throw error
    })
  await register('RegisterDomain', { name: domain, workflowExecutionRetentionPeriodInDays: '1' })
  await register('RegisterWorkflowType', {
    domain,
    ...workflowType,
    defaultTaskList: { name: 'decisions' },
    defaultChildPolicy: 'TERMINATE',
    defaultExecutionStartToCloseTimeout: '86400',
    defaultTaskStartToCloseTimeout: '3600',
  })
  await register('RegisterActivityType', {
    domain,
    ...activityType,
    defaultTaskList: { name: 'activities' },
    defaultTaskScheduleToStartTimeout: '3600',
    defaultTaskScheduleToCloseTimeout: '3600',
    defaultTaskStartToCloseTimeout: '3600',
    defaultTaskHeartbeatTimeout: '3600',
  })
}
