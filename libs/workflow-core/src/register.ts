import {
  RegisterActivityTypeCommand,
  RegisterWorkflowTypeCommand,
  type SWFClient,
  TypeAlreadyExistsFault,
} from '@aws-sdk/client-swf'
import type { Activity } from './activity.ts'
import { toSeconds } from './duration.ts'
import { decisionTimeout } from './client.ts'
import type { AnyWorkflow } from './workflow.ts'

/**
 * Makes the types known to SWF: workflows, the activities they use, and others given. Idempotent: a type that exists is
 * left as it is, for SWF never changes one, and nothing here depends on what was registered first: every start and
 * every decision names its time-outs and its task list.
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
  /** Where deciders poll. */
  taskLists: { readonly decisions: string }
}): Promise<void> {
  const all = new Map(
    [...workflows.flatMap(({ uses }) => Object.values(uses)), ...activities].map((each) => [
      `${each.name} ${each.version}`,
      each,
    ]),
  )
  for (const { name, version, timeout } of workflows) {
    const command = new RegisterWorkflowTypeCommand({
      domain,
      name,
      version,
      defaultTaskList: { name: taskLists.decisions },
      defaultExecutionStartToCloseTimeout: String(toSeconds(timeout)),
      defaultTaskStartToCloseTimeout: decisionTimeout,
      defaultChildPolicy: 'TERMINATE',
    })
    await once(() => swf.send(command))
  }
  for (const { name, version, taskList, timeouts } of all.values()) {
    const command = new RegisterActivityTypeCommand({
      domain,
      name,
      version,
      defaultTaskList: { name: taskList },
      defaultTaskStartToCloseTimeout: String(toSeconds(timeouts.run)),
    })
    await once(() => swf.send(command))
  }
}

async function once(register: () => Promise<unknown>): Promise<void> {
  try {
    await register()
  } catch (error) {
    if (!(error instanceof TypeAlreadyExistsFault)) throw error
  }
}
