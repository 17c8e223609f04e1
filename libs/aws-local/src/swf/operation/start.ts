import { resolve } from '../execution/configuration.ts'
import {
  alreadyStarted,
  defaultUndefined,
  describeType,
  domainDeprecated,
  typeDeprecated,
  unknownType,
} from '../wire/errors.ts'
import { newRunId } from '../execution/run-id.ts'
import { domainNamed, nowIn } from './swf.ts'
import * as m from '../wire/members.ts'
import { structure } from '../wire/shape.ts'
import { operation } from './operation.ts'
import { retentionCutoff } from './retention-cutoff.ts'

export const startWorkflowExecution = operation(
  structure(
    { domain: m.name, workflowId: m.workflowId, workflowType: m.versioned },
    {
      taskList: m.taskList,
      taskPriority: m.priority,
      input: m.data,
      executionStartToCloseTimeout: m.executionTimeout,
      tagList: m.tagList,
      taskStartToCloseTimeout: m.duration,
      childPolicy: m.childPolicy,
      lambdaRole: m.arn,
    },
  ),
  (swf, { domain, workflowId, ...request }) => {
    const { status, retention } = domainNamed(swf, domain)
    if (status === 'DEPRECATED') throw domainDeprecated(domain)
    const type = swf.workflowTypes.find(domain, request.workflowType)
    if (type === undefined) throw unknownType('WorkflowType', request.workflowType)
    if (type.status === 'DEPRECATED') throw typeDeprecated(describeType('WorkflowType', request.workflowType))
    const configuration = resolve(request, type.defaults)
    if ('missing' in configuration) throw defaultUndefined(configuration.missing)
    if (swf.engine.open.find(domain, workflowId) !== undefined) throw alreadyStarted()
    swf.executions.dropClosed(domain, retentionCutoff(retention, nowIn(swf, domain)))
    const run = { workflowId, runId: newRunId() }
    swf.engine.start(domain, run, { ...configuration, parentInitiatedEventId: 0 })
    return { runId: run.runId }
  },
)
