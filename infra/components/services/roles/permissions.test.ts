import { describe, expect, test } from 'vitest'
import type { ProcessName } from '@continuum/environments'
import { codeOf, type Call } from './calls.fixture.ts'
import { permissions, type Statement } from './permissions.ts'

const queues = {
  incoming: 'arn:incoming',
  starter: 'arn:starter',
  events: 'arn:events',
  laxRequests: 'arn:lax-requests',
  laxReplies: 'arn:lax-replies',
  usage: 'arn:usage',
  articleChanges: 'arn:article-changes',
}
const arns = {
  buckets: {
    production: 'arn:production',
    expanded: 'arn:expanded',
    eif: 'arn:eif',
    cdn: 'arn:cdn',
    archive: 'arn:archive',
    xml: 'arn:xml',
    downstream: 'arn:downstream',
    logs: 'arn:logs',
  },
  queues,
  deadLetters: {
    incoming: 'arn:incoming-dead',
    starter: 'arn:starter-dead',
    events: 'arn:events-dead',
    usage: 'arn:usage-dead',
    laxRequests: 'arn:lax-requests-dead',
    laxReplies: 'arn:lax-replies-dead',
    articleChanges: 'arn:article-changes-dead',
  },
  domain: 'arn:domain',
  databasePasswords: {
    dashboard: 'arn:database-dashboard',
    lax: 'arn:database-lax',
    journal: 'arn:database-journal',
    metrics: 'arn:database-metrics',
    deposits: 'arn:database-deposits',
    starter: 'arn:database-starter',
  },
}
const actionsOf = (...processes: ProcessName[]) =>
  new Set(processes.flatMap((process) => permissions[process](arns).flatMap(({ Action }) => Action)))

/** The processes by the file that starts them; the two of the dashboard share theirs. */
const entries: [string, ...ProcessName[]][] = [
  ['apps/bot/src/decider/decider.ts', 'decider'],
  ['apps/bot/src/worker/worker.ts', 'worker'],
  ['apps/bot/src/queue-worker/queue-worker.ts', 'queue-worker'],
  ['apps/bot/src/workflow-starter/workflow-starter.ts', 'workflow-starter'],
  ['apps/dashboard/src/main.ts', 'dashboard-web', 'dashboard-consumer'],
  ['apps/lax/src/main.ts', 'lax'],
  ['apps/lax/src/adaptor/main.ts', 'lax-adaptor'],
  ['apps/journal/src/main.ts', 'journal'],
  ['apps/metrics/src/main.ts', 'metrics'],
  ['apps/api/src/main.ts', 'api'],
  ['apps/deposits/src/main.ts', 'deposits'],
]

/** The calls of the workflow client's methods. Our code always names a client `executions`, which is how its use is found. */
const clientFiles = [
  'libs/workflow-core/src/client/client.ts',
  'libs/workflow-core/src/client/listing.ts',
  'libs/workflow-core/src/processes/plain-calls.ts',
]
const clientCalls: Record<string, string[]> = {
  start: ['StartWorkflowExecutionCommand'],
  rerun: ['paginateGetWorkflowExecutionHistory', 'StartWorkflowExecutionCommand'],
  signal: ['SignalWorkflowExecutionCommand'],
  retryNow: ['SignalWorkflowExecutionCommand'],
  cancel: ['RequestCancelWorkflowExecutionCommand'],
  terminate: ['TerminateWorkflowExecutionCommand'],
  describe: ['DescribeWorkflowExecutionCommand'],
  listOpen: ['paginateListOpenWorkflowExecutions'],
  listClosed: ['paginateListClosedWorkflowExecutions'],
  history: ['paginateGetWorkflowExecutionHistory'],
  outcome: ['paginateGetWorkflowExecutionHistory'],
  result: ['paginateGetWorkflowExecutionHistory'],
}

/** The actions that S3 requires for a call. Without ListBucket it answers "access denied" for a missing key, not "no such key". */
const s3Actions: Record<string, string[]> = {
  GetObjectCommand: ['s3:GetObject', 's3:ListBucket'],
  HeadBucketCommand: ['s3:ListBucket'],
  PutObjectCommand: ['s3:PutObject'],
  CopyObjectCommand: ['s3:GetObject', 's3:PutObject'],
  DeleteObjectCommand: ['s3:DeleteObject'],
  ListObjectsV2Command: ['s3:ListBucket'],
  paginateListObjectsV2: ['s3:ListBucket'],
  Upload: ['s3:PutObject', 's3:AbortMultipartUpload'],
}

function actionsFor(call: Call): string[] {
  const [from = '', name = ''] = call.split(' ')
  const service = from.replace('@aws-sdk/client-', '').replace('-', '')
  if (service === 's3' || from === '@aws-sdk/lib-storage') return s3Actions[name] ?? [`${call} is not known here`]
  const action = name.replace(/^paginate|Command$/g, '')
  // SQS allows a batch to whoever may do each of its entries alone.
  return [`${service}:${service === 'sqs' ? action.replace(/Batch$/, '') : action}`]
}

const capital = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1)

/** The actions called by the code that starts in a file. */
function calledFrom(entry: string): Set<string> {
  const actions = new Set<string>()
  const files = codeOf(entry)
  for (const [path, { text, calls }] of files) {
    if (!clientFiles.includes(path))
      for (const call of calls) for (const action of actionsFor(call)) actions.add(action)
    for (const [, name = ''] of text.matchAll(/\b(?:calls|polls)\.((?:pollFor|respond)\w+)\(/g))
      actions.add(`swf:${capital(name)}`)
    if (!path.startsWith('apps/')) continue
    for (const [made] of text.matchAll(/.*createWorkflowClient\(/g)) expect(made).toMatch(/executions(:| =) create/)
    for (const [, method = ''] of text.matchAll(/\bexecutions\.(\w+)\(/g)) {
      for (const name of clientCalls[method] ?? [`${method}, a method not known here`]) {
        for (const action of actionsFor(`@aws-sdk/client-swf ${name}`)) actions.add(action)
      }
    }
  }
  if (!actions.has('swf:RespondDecisionTaskCompleted')) return actions
  for (const { text } of files.values()) {
    for (const [, decision] of text.matchAll(/decisionType: '(\w+)'/g)) actions.add(`swf:${decision}`)
  }
  return actions
}

test.each(entries)('the code of %s calls what its role allows, and all that its role allows', (entry, ...processes) => {
  expect(calledFrom(entry)).toEqual(actionsOf(...processes))
})

test('a rebuild of the article store calls what the role of the task that it runs in allows', () => {
  expect([...actionsOf('lax-adaptor')]).toEqual(expect.arrayContaining([...calledFrom('apps/lax/src/rebuild/main.ts')]))
})

test('what the methods of the workflow client call is known here', () => {
  const files = codeOf('libs/workflow-core/src/client/client.ts')
  const called = clientFiles.flatMap((file) => files.get(file)?.calls ?? [])
  expect(new Set(called.map((call) => call.split(' ')[1]))).toEqual(new Set(Object.values(clientCalls).flat()))
})

test('the code is really read: a call is found through packages, indexes and imports at run time', () => {
  const worker = codeOf('apps/bot/src/worker/worker.ts')
  expect(worker.get('libs/workflow-core/src/processes/attempt.ts')?.calls).toContain(
    '@aws-sdk/client-swf RecordActivityTaskHeartbeatCommand',
  )
  expect(worker.get('apps/bot/src/worker/implementations/publication/archive-article.ts')?.calls).toEqual([
    '@aws-sdk/lib-storage Upload',
  ])
  expect(worker.has('libs/workflow-core/src/processes/decider.ts')).toBe(false)
  expect(codeOf('apps/lax/src/main.ts').get('libs/service/src/database/database-password.ts')?.calls).toEqual([
    '@aws-sdk/client-secrets-manager GetSecretValueCommand',
  ])
})

const all = Object.entries(permissions).map(([process, of]) => ({ process, statements: of(arns) }))
const resourcesOf = ({ Resource }: Statement) => (typeof Resource === 'string' ? [Resource] : Resource)

describe.each(all)('the role of $process', ({ statements }) => {
  test('names each action and each resource', () => {
    for (const statement of statements) {
      expect(statement.Action.filter((action) => action.includes('*'))).toEqual([])
      for (const resource of resourcesOf(statement)) expect(resource).toMatch(/^arn:/)
    }
  })
})

/** The processes that may perform an action, and its resources. */
const mayDo = (action: string) =>
  Object.fromEntries(
    all
      .map(({ process, statements }): [string, string[]] => [
        process,
        statements.filter(({ Action }) => Action.includes(action)).flatMap(resourcesOf),
      ])
      .filter(([, resources]) => resources.length > 0),
  )

test('the worker alone changes the files of articles, and nobody touches the delivered packages', () => {
  expect(mayDo('s3:PutObject')).toEqual({
    worker: ['arn:expanded/*', 'arn:eif/*', 'arn:cdn/*', 'arn:archive/*'],
    // What is sent is kept.
    deposits: ['arn:downstream/*'],
  })
  expect(mayDo('s3:DeleteObject')).toEqual({
    worker: ['arn:eif/last-deliveries/*', 'arn:cdn/*', 'arn:archive/withdrawn/*', 'arn:archive/marks/*'],
  })
})

test('the site reads of what is not published only what readers will load, and the usage counter logs alone', () => {
  expect(mayDo('s3:GetObject')).toEqual({
    // Of the archive only the files of withdrawn articles, which it moves there from the CDN and back.
    worker: ['arn:production/*', 'arn:expanded/*', 'arn:eif/*', 'arn:cdn/*', 'arn:archive/withdrawn/*'],
    // Editors see a run beside what is public.
    'dashboard-web': ['arn:expanded/*/manifest.json', 'arn:expanded/*/cdn/*', 'arn:eif/*.article.json', 'arn:cdn/*'],
    'lax-adaptor': ['arn:expanded/*', 'arn:archive/*'],
    journal: ['arn:expanded/*/cdn/*', 'arn:cdn/*'],
    metrics: ['arn:logs/cdn/*', 'arn:logs/journal/*'],
    deposits: ['arn:expanded/*', 'arn:downstream/*'],
  })
})

test('18.12: each process with a database reads the password of its own service alone', () => {
  expect(mayDo('secretsmanager:GetSecretValue')).toEqual({
    'dashboard-web': ['arn:database-dashboard'],
    'dashboard-consumer': ['arn:database-dashboard'],
    lax: ['arn:database-lax'],
    'lax-adaptor': ['arn:database-lax'],
    journal: ['arn:database-journal'],
    metrics: ['arn:database-metrics'],
    deposits: ['arn:database-deposits'],
    'workflow-starter': ['arn:database-starter'],
  })
})

test('each queue has one consumer, and the dashboard gives dead letters back', () => {
  expect(mayDo('sqs:ReceiveMessage')).toEqual({
    'dashboard-web': Object.values(arns.deadLetters),
    'queue-worker': ['arn:incoming'],
    'workflow-starter': ['arn:starter'],
    'dashboard-consumer': ['arn:events'],
    metrics: ['arn:usage'],
    'lax-adaptor': ['arn:lax-requests'],
  })
  expect(mayDo('sqs:SendMessage')).toEqual({
    worker: ['arn:events', 'arn:starter'],
    'queue-worker': ['arn:starter', 'arn:events', 'arn:incoming-dead'],
    'workflow-starter': ['arn:starter', 'arn:events', 'arn:starter-dead'],
    'dashboard-web': Object.values(queues),
    'dashboard-consumer': ['arn:starter'],
    journal: ['arn:usage'],
    lax: ['arn:article-changes'],
    'lax-adaptor': ['arn:lax-replies', 'arn:events', 'arn:lax-requests-dead'],
  })
})

test('deciders poll for decisions alone, workers for activities alone, and nothing is scheduled elsewhere', () => {
  const listsOf = (action: string) =>
    all.flatMap(({ process, statements }) =>
      statements
        .filter(({ Action }) => Action.includes(action))
        .map(({ Condition }) => [process, Condition?.['StringEquals']?.['swf:taskList.name']]),
    )
  expect(listsOf('swf:PollForDecisionTask')).toEqual([
    ['decider', ['decisions']],
    ['deposits', ['deposit-decisions']],
  ])
  expect(listsOf('swf:PollForActivityTask')).toEqual([
    ['worker', ['activities', 'images']],
    ['deposits', ['deposits']],
  ])
  expect(listsOf('swf:ScheduleActivityTask')).toEqual([
    ['decider', ['activities', 'images']],
    ['deposits', ['deposits']],
  ])
  expect(listsOf('swf:StartWorkflowExecution')).toEqual([
    ['workflow-starter', ['decisions']],
    // Reruns from the failed step.
    ['dashboard-web', ['decisions', 'deposit-decisions']],
    ['dashboard-consumer', ['decisions', 'deposit-decisions']],
    ['deposits', ['deposit-decisions']],
  ])
})
