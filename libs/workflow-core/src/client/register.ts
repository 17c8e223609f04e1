import {
  RegisterActivityTypeCommand,
  RegisterWorkflowTypeCommand,
  type SWFClient,
  TypeAlreadyExistsFault,
} from '@aws-sdk/client-swf'
import type { Activity } from '../declare/activity.ts'
import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import { decisionTimeout } from '../values/decision-timeout.ts'
import { toSeconds } from '../values/duration.ts'

/**
 * Registers types with SWF: workflows, all activities and children that they use, and further activities. Idempotent: an
 * existing type stays as it is, because SWF never changes one. Its defaults do not matter, because every start and every
 * decision sets its time-outs and its task list.
 */
export async function registerTypes({
  swf,
  domain,
  workflows,
  activities = [],
  taskLists,
}: {
  swf: SWFClient
  domain: string
  workflows: readonly AnyWorkflow[]
  activities?: readonly Activity[]
  /** Task list that the deciders poll. */
  taskLists: { readonly decisions: string }
}): Promise<void> {
  const types = new Map<string, Activity | AnyWorkflow>()
  const collect = (type: Activity | AnyWorkflow) => {
    const id = `${type.kind} ${type.name} ${type.version}`
    if (types.has(id)) return
    types.set(id, type)
    if (type.kind === 'workflow') for (const used of Object.values(type.uses)) collect(used)
  }
  for (const type of [...workflows, ...activities]) collect(type)
  for (const type of types.values()) {
    await once(() => (type.kind === 'workflow' ? registerWorkflow(type) : registerActivity(type)))
  }

  function registerWorkflow({ name, version, timeout }: AnyWorkflow): Promise<unknown> {
    const command = new RegisterWorkflowTypeCommand({
      domain,
      name,
      version,
      defaultTaskList: { name: taskLists.decisions },
      defaultExecutionStartToCloseTimeout: String(toSeconds(timeout)),
      defaultTaskStartToCloseTimeout: decisionTimeout,
      defaultChildPolicy: 'TERMINATE',
    })
    return swf.send(command)
  }

  function registerActivity({ name, version, taskList }: Activity): Promise<unknown> {
    return swf.send(new RegisterActivityTypeCommand({ domain, name, version, defaultTaskList: { name: taskList } }))
  }
}

async function once(register: () => Promise<unknown>): Promise<void> {
  try {
    await register()
  } catch (error) {
    if (!(error instanceof TypeAlreadyExistsFault)) throw error
  }
}
