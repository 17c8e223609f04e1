import { openStore } from '../../store.ts'
import { virtualClock } from '../../time/virtual-clock.ts'
import { operations } from '../../swf/operations.ts'
import { openSwf } from '../../swf/operation/swf.ts'

/** SWF without HTTP, for tests that make very many calls: a domain D, a workflow type W, an activity type A. */
export async function startEngine() {
  const { close, ...store } = await openStore('us-east-1')
  const clock = virtualClock()
  const swf = openSwf({ ...store, clock, account: '1', region: 'us-east-1', pollMs: 1000, url: () => '' })

  /** One call; a poll must find something at once. */
  async function call<T = unknown>(name: string, request: object): Promise<T> {
    const operation = operations.get(name)
    if (operation === undefined) throw new Error(`There is no operation ${name}.`)
    const reply: unknown = await operation(swf, structuredClone(request), { onGone: () => undefined })
    return JSON.parse(JSON.stringify(reply ?? {}))
  }
  async function register(): Promise<void> {
    await call('RegisterDomain', { name: 'D', workflowExecutionRetentionPeriodInDays: '7' })
    await call('RegisterWorkflowType', {
      domain: 'D',
      name: 'W',
      version: '1',
      defaultTaskList: { name: 'l' },
      defaultChildPolicy: 'TERMINATE',
      defaultExecutionStartToCloseTimeout: '600',
      defaultTaskStartToCloseTimeout: '30',
    })
    await call('RegisterActivityType', {
      domain: 'D',
      name: 'A',
      version: '1',
      defaultTaskList: { name: 'l' },
      defaultTaskScheduleToStartTimeout: '50',
      defaultTaskScheduleToCloseTimeout: '120',
      defaultTaskStartToCloseTimeout: '90',
      defaultTaskHeartbeatTimeout: '20',
    })
  }
  return { swf, clock, call, register, db: store.db, close }
}
