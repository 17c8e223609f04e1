import { logPrefixes, namesOf, type BucketRole, type QueueRole } from '@continuum/aws-resources'
import type { DatabaseService, ProcessName } from '@continuum/environments'

/** A statement of a role's policy; all of them allow. */
export interface Statement {
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** The ARNs of an environment's resources. */
export interface Arns {
  readonly buckets: Readonly<Record<BucketRole, string>>
  readonly queues: Readonly<Record<QueueRole, string>>
  readonly deadLetters: Readonly<Record<QueueRole, string>>
  readonly domain: string
  /** The secret that holds the password of each service's database user. */
  readonly databasePasswords: Readonly<Record<DatabaseService, string>>
}

/**
 * The permissions of each process's task role: the actions that its code calls on the resources that it uses, and nothing else. A test
 * compares them with the SDK commands that the code of each process imports.
 */
export const permissions: Readonly<Record<ProcessName, (arns: Arns) => Statement[]>> = {
  decider: ({ domain }) => [
    allow(domain, 'swf:RegisterWorkflowType', 'swf:RegisterActivityType'),
    on(decisions, allow(domain, 'swf:PollForDecisionTask', 'swf:CountPendingDecisionTasks')),
    allow(domain, 'swf:RespondDecisionTaskCompleted', 'swf:GetWorkflowExecutionHistory'),
    ...mayDecide(domain, work),
  ],
  worker: ({ domain, buckets, queues }) => [
    on(work, allow(domain, 'swf:PollForActivityTask', 'swf:CountPendingActivityTasks')),
    allow(
      domain,
      'swf:RecordActivityTaskHeartbeat',
      'swf:RespondActivityTaskCompleted',
      'swf:RespondActivityTaskFailed',
      'swf:RespondActivityTaskCanceled',
      'swf:SignalWorkflowExecution',
    ),
    // Without ListBucket S3 answers "access denied" for an object that does not exist.
    allow([buckets.production, buckets.expanded, buckets.eif, buckets.cdn, buckets.archive], 's3:ListBucket'),
    allow([`${buckets.production}/*`], 's3:GetObject'),
    allow([`${buckets.expanded}/*`, `${buckets.eif}/*`], 's3:GetObject', 's3:PutObject'),
    allow([`${buckets.eif}/last-deliveries/*`], 's3:DeleteObject'),
    // A withdrawn article's files move to the archive, and back when it is reinstated.
    allow([`${buckets.cdn}/*`], 's3:GetObject', 's3:PutObject', 's3:DeleteObject'),
    allow([`${buckets.archive}/withdrawn/*`], 's3:GetObject', 's3:DeleteObject'),
    allow([`${buckets.archive}/marks/*`], 's3:DeleteObject'),
    allow([`${buckets.archive}/*`], 's3:PutObject', 's3:AbortMultipartUpload'),
    sendTo(queues.events, queues.starter),
  ],
  'queue-worker': ({ queues, deadLetters }) => [
    receiveFrom(queues.incoming),
    sendTo(queues.starter, queues.events, deadLetters.incoming),
  ],
  'workflow-starter': ({ domain, buckets, queues, deadLetters, databasePasswords }) => [
    // An earlier package of an article is in the bucket before its notification comes.
    allow(buckets.production, 's3:ListBucket'),
    on(decisions, allow(domain, 'swf:StartWorkflowExecution')),
    allow(domain, 'swf:ListOpenWorkflowExecutions', 'swf:ListClosedWorkflowExecutions'),
    receiveFrom(queues.starter),
    sendTo(queues.starter, queues.events, deadLetters.starter),
    read(databasePasswords.starter),
  ],
  'dashboard-web': ({ domain, buckets, queues, deadLetters, databasePasswords }) => [
    ...mayOperate(domain),
    // What waits; dead letters with their reasons, and the way back to their queues, one by one or all at once.
    ...mayCount(queues, deadLetters),
    allow(Object.values(queues), 'sqs:SendMessage'),
    allow(
      Object.values(deadLetters),
      'sqs:ReceiveMessage',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:StartMessageMoveTask',
    ),
    // A run beside what is public: its article JSON, the list of its files, and the images of both.
    allow([buckets.expanded, buckets.eif, buckets.cdn], 's3:ListBucket'),
    allow(
      [
        `${buckets.expanded}/*/manifest.json`,
        `${buckets.expanded}/*/cdn/*`,
        `${buckets.eif}/*.article.json`,
        `${buckets.cdn}/*`,
      ],
      's3:GetObject',
    ),
    read(databasePasswords.dashboard),
  ],
  'dashboard-consumer': ({ domain, buckets, queues, deadLetters, databasePasswords }) => [
    // What people ask of executions, where the pages could not do it at once.
    ...mayOperate(domain),
    ...mayCount(queues, deadLetters),
    allow(buckets.cdn, 's3:ListBucket'),
    receiveFrom(queues.events),
    sendTo(queues.starter),
    read(databasePasswords.dashboard),
  ],
  lax: ({ queues, databasePasswords }) => [sendTo(queues.articleChanges), read(databasePasswords.lax)],
  deposits: ({ domain, buckets, databasePasswords }) => [
    allow(domain, 'swf:RegisterWorkflowType', 'swf:RegisterActivityType'),
    on(depositDecisions, allow(domain, 'swf:PollForDecisionTask', 'swf:CountPendingDecisionTasks')),
    allow(domain, 'swf:RespondDecisionTaskCompleted', 'swf:GetWorkflowExecutionHistory'),
    ...mayDecide(domain, depositWork),
    on(depositWork, allow(domain, 'swf:PollForActivityTask', 'swf:CountPendingActivityTasks')),
    allow(
      domain,
      'swf:RecordActivityTaskHeartbeat',
      'swf:RespondActivityTaskCompleted',
      'swf:RespondActivityTaskFailed',
      'swf:RespondActivityTaskCanceled',
      'swf:SignalWorkflowExecution',
    ),
    on(depositDecisions, allow(domain, 'swf:StartWorkflowExecution')),
    allow([buckets.expanded, buckets.downstream], 's3:ListBucket'),
    allow(`${buckets.expanded}/*`, 's3:GetObject'),
    allow(`${buckets.downstream}/*`, 's3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'),
    read(databasePasswords.deposits),
  ],
  'lax-adaptor': ({ buckets, queues, deadLetters, databasePasswords }) => [
    receiveFrom(queues.laxRequests),
    sendTo(queues.laxReplies, queues.events, deadLetters.laxRequests),
    // The XML of requests, and for a rebuild the archived packages.
    allow([buckets.expanded, buckets.archive], 's3:ListBucket'),
    allow([`${buckets.expanded}/*`, `${buckets.archive}/*`], 's3:GetObject'),
    read(databasePasswords.lax),
  ],
  journal: ({ buckets, queues, databasePasswords }) => [
    allow([buckets.expanded, buckets.cdn], 's3:ListBucket'),
    // Of unpublished articles only the files that readers will load.
    allow([`${buckets.expanded}/*/cdn/*`, `${buckets.cdn}/*`], 's3:GetObject'),
    sendTo(queues.usage),
    read(databasePasswords.journal),
  ],
  metrics: ({ buckets, queues, databasePasswords }) => [
    receiveFrom(queues.usage),
    allow(buckets.logs, 's3:ListBucket'),
    // Of the logs those alone of which usage is counted.
    allow([`${buckets.logs}/${logPrefixes.cdn}*`, `${buckets.logs}/${logPrefixes.journal}*`], 's3:GetObject'),
    read(databasePasswords.metrics),
  ],
  api: () => [],
}

/** The processes that call no AWS service. */
export const withoutPermissions: readonly ProcessName[] = ['api']

const { taskLists } = namesOf({ prefix: '', organisation: '' })
const decisions = [taskLists.decisions]
const work = [taskLists.activities, taskLists.images]
const depositDecisions = [taskLists.depositDecisions]
const depositWork = [taskLists.deposits]

function allow(resource: Statement['Resource'], ...actions: string[]): Statement {
  return { Effect: 'Allow', Action: actions, Resource: resource }
}

/** Limits a statement to task lists. */
function on(lists: readonly string[], statement: Statement): Statement {
  return { ...statement, Condition: { StringEquals: { 'swf:taskList.name': lists } } }
}

/** Reads executions, lets a retry begin at once, terminates one, and reruns one from its failed step. */
function mayOperate(domain: string): Statement[] {
  return [
    allow(
      domain,
      'swf:ListOpenWorkflowExecutions',
      'swf:ListClosedWorkflowExecutions',
      'swf:GetWorkflowExecutionHistory',
      'swf:SignalWorkflowExecution',
      'swf:TerminateWorkflowExecution',
    ),
    on([...decisions, ...depositDecisions], allow(domain, 'swf:StartWorkflowExecution')),
  ]
}

/** SWF authorises each decision as a call of an action of the same name; a denied one becomes an event in the history. */
function mayDecide(domain: string, lists: readonly string[]): Statement[] {
  return [
    on(lists, allow(domain, 'swf:ScheduleActivityTask')),
    allow(
      domain,
      'swf:RequestCancelActivityTask',
      'swf:StartTimer',
      'swf:CancelTimer',
      'swf:RecordMarker',
      'swf:CompleteWorkflowExecution',
      'swf:FailWorkflowExecution',
      'swf:CancelWorkflowExecution',
      'swf:ContinueAsNewWorkflowExecution',
      'swf:StartChildWorkflowExecution',
      'swf:SignalExternalWorkflowExecution',
      'swf:RequestCancelExternalWorkflowExecution',
    ),
  ]
}

function receiveFrom(queue: string): Statement {
  return allow(queue, 'sqs:GetQueueUrl', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility')
}

function mayCount(queues: Arns['queues'], deadLetters: Arns['deadLetters']): Statement[] {
  return [allow([...Object.values(queues), ...Object.values(deadLetters)], 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes')]
}

function sendTo(...queues: string[]): Statement {
  return allow(queues, 'sqs:GetQueueUrl', 'sqs:SendMessage')
}

function read(secret: string): Statement {
  return allow(secret, 'secretsmanager:GetSecretValue')
}
