import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startAwsLocal } from '@continuum/aws-local'
import { namesOf } from '@continuum/aws-resources'
import { loadEnvironment, processNames } from '@continuum/environments'
import { beforeAll, expect, test } from 'vitest'
import { permissions, type Arns } from '../../components/services/roles/permissions.ts'
import { endpointPolicies } from '../../components/network/endpoint-policies.ts'
import { getsThrough, isAllowed, type Call } from './aws-call.ts'
import { recordAws } from './recording-aws.ts'

/**
 * Checks the task roles against the calls that processes really make while a package goes from its bucket to readers. Locally every
 * credential may do everything, so the calls are checked afterwards.
 */
const root = fileURLToPath(new URL('../../..', import.meta.url))
let calls: Call[]
let arns: Arns

beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'continuum-roles-'))
  const aws = await startAwsLocal()
  try {
    await using watched = await recordAws(aws.url)
    const [dashboard, journal, lax, postgres, api, metrics] = await freePorts(6)
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL: watched.url,
      DASHBOARD_PORT: String(dashboard),
      JOURNAL_PORT: String(journal),
      LAX_PORT: String(lax),
      POSTGRES_PORT: String(postgres),
      API_PORT: String(api),
      METRICS_PORT: String(metrics),
    }
    const start = ['apps/continuum/src/main.ts', 'start', '--separate', '--once', '--automatic', '--data', data]
    await promisify(execFile)(process.execPath, start, { cwd: root, env })
    calls = watched.calls
  } finally {
    await aws.close()
    rmSync(data, { recursive: true, force: true })
  }
  arns = arnsOf(namesOf(await loadEnvironment('local')))
})

/** The resources as `Call` names them: buckets by ARN, queues by name, and the domain. */
function arnsOf({ buckets, queues, deadLetters }: ReturnType<typeof namesOf>): Arns {
  return {
    buckets: {
      production: `arn:aws:s3:::${buckets.production}`,
      expanded: `arn:aws:s3:::${buckets.expanded}`,
      eif: `arn:aws:s3:::${buckets.eif}`,
      cdn: `arn:aws:s3:::${buckets.cdn}`,
      archive: `arn:aws:s3:::${buckets.archive}`,
      xml: `arn:aws:s3:::${buckets.xml}`,
      downstream: `arn:aws:s3:::${buckets.downstream}`,
      logs: `arn:aws:s3:::${buckets.logs}`,
    },
    queues,
    deadLetters,
    domain: 'domain',
    databasePasswords: {
      dashboard: 'database-dashboard',
      lax: 'database-lax',
      journal: 'database-journal',
      metrics: 'database-metrics',
      deposits: 'database-deposits',
      starter: 'database-starter',
    },
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  return servers.map((server) => {
    const { port } = Object(server.address())
    server.close()
    return Number(port)
  })
}

/** The dashboard is one process on one machine, and has two roles in AWS. */
const rolesOf = (name: string) =>
  processNames.filter((each) => each === name || (name === 'dashboard-web' && each === 'dashboard-consumer'))

test('each process that speaks with AWS was heard, by its name', () => {
  const heard = new Set(calls.map(({ process: name }) => name))
  for (const name of ['decider', 'worker', 'queue-worker', 'workflow-starter', 'dashboard-web']) {
    expect(heard).toContain(name)
  }
})

test('a package goes from its bucket to readers without a call that the role of its process refuses', () => {
  const refused = calls
    // The command line has its operator's credentials.
    .filter(({ process: name }) => name !== '')
    .filter((call) => !rolesOf(call.process).some((name) => isAllowed(permissions[name](arns), call)))
  expect(refused).toEqual([])
})

test('every call gets through the endpoint of its service, and to another environment none would', () => {
  const account = '123456789012'
  const policiesOf = ({ buckets, queues, deadLetters, domain }: Arns) =>
    endpointPolicies({
      region: 'us-east-1',
      account,
      buckets: Object.values(buckets),
      queues: [...Object.values(queues), ...Object.values(deadLetters)],
      domain,
      repository: 'repository',
      logGroups: 'log-groups',
    })
  const own = calls.filter(({ process: name }) => name !== '')
  expect(new Set(own.map(({ action }) => action.split(':')[0]))).toEqual(new Set(['s3', 'sqs', 'swf']))
  expect(own.filter((call) => !getsThrough(policiesOf(arns), account, call))).toEqual([])
  const theirs = policiesOf({ ...arnsOf(namesOf({ prefix: 'other-', organisation: 'continuum' })), domain: 'other' })
  expect(own.filter((call) => getsThrough(theirs, account, call))).toEqual([])
  expect(own.filter((call) => getsThrough(policiesOf(arns), '999999999999', call))).toEqual([])
})

test('the roles are no wider than it takes: another process would have been refused', () => {
  const others = processNames.filter((name) => name !== 'worker').map((name) => permissions[name](arns))
  const stored = calls.filter(({ process: name, action }) => name === 'worker' && action === 's3:PutObject')
  expect(stored.length).toBeGreaterThan(50)
  for (const call of stored) expect(others.some((statements) => isAllowed(statements, call))).toBe(false)
})
