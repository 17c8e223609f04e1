import type { IncomingHttpHeaders } from 'node:http'
import type { endpointPolicies } from '../../components/network/endpoint-policies.ts'
import type { Statement } from '../../components/services/roles/permissions.ts'
import { admits } from '../plan/admits.ts'

/** A call of AWS by a process, as IAM authorises it. */
export interface Call {
  /** `worker`; empty for an operator's command. */
  readonly process: string
  readonly action: string
  /** The ARN of a bucket or an object; the name of a queue or of the SWF domain. */
  readonly resource: string
  readonly taskList?: string | undefined
}

interface Asked {
  readonly method: string | undefined
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Present for SWF and SQS. */
  readonly body: string | undefined
}

/** The calls that a request needs permission for: several if it copies an object or carries decisions. */
export function actionsOf(asked: Asked): Call[] {
  const { headers, body } = asked
  const process = /app\/continuum-([a-z-]+)/.exec(headers['user-agent'] ?? '')?.[1] ?? ''
  const target = headers['x-amz-target']
  if (body === undefined) return objectCalls(asked).map((call) => ({ process, ...call }))
  const [service, operation = ''] = String(target).split('.')
  const said = Object(JSON.parse(body))
  if (service === 'AmazonSQS') {
    const resource = String(said.QueueName ?? said.QueueUrl).replace(/^.*\//, '')
    // SQS allows a batch to whoever may do each of its entries alone.
    return [{ process, action: `sqs:${operation.replace(/Batch$/, '')}`, resource }]
  }
  const decisions: object[] = said.decisions ?? []
  return [
    { process, action: `swf:${operation}`, resource: 'domain', taskList: said.taskList?.name },
    ...decisions.map((decision) => ({
      process,
      action: `swf:${String(Reflect.get(decision, 'decisionType'))}`,
      resource: 'domain',
      taskList: Object(decision).scheduleActivityTaskDecisionAttributes?.taskList?.name,
    })),
  ]
}

const s3Actions: Record<string, string> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  POST: 's3:PutObject',
}

function objectCalls({ method = '', path, headers }: Asked): Omit<Call, 'process'>[] {
  const { pathname, searchParams } = new URL(path, 'http://s3')
  const [, bucket = '', ...key] = pathname.split('/').map(decodeURIComponent)
  const arn = (of: string) => `arn:aws:s3:::${of}`
  if (key.join('') === '') return [{ action: 's3:ListBucket', resource: arn(bucket) }]
  const object = arn([bucket, ...key].join('/'))
  if (method === 'DELETE') {
    return [{ action: searchParams.has('uploadId') ? 's3:AbortMultipartUpload' : 's3:DeleteObject', resource: object }]
  }
  const source = headers['x-amz-copy-source']
  return [
    { action: s3Actions[method] ?? `s3:${method}`, resource: object },
    ...(source === undefined ? [] : [{ action: 's3:GetObject', resource: arn(decodeURIComponent(String(source))) }]),
  ]
}

/** True if one of the statements of its role allows the call. */
export function isAllowed(statements: readonly Statement[], { action, resource, taskList }: Call): boolean {
  const known: Record<string, string> = taskList === undefined ? {} : { 'swf:taskList.name': taskList }
  return admits(statements, { action, resource, known })
}

/** True if the endpoint of its service lets the call of this account through. */
export function getsThrough(policies: ReturnType<typeof endpointPolicies>, account: string, call: Call): boolean {
  const { action, resource } = call
  const service = action.split(':')[0]
  if (service !== 's3' && service !== 'sqs' && service !== 'swf') return false
  return admits(policies[service].Statement, { action, resource, known: { 'aws:PrincipalAccount': account } })
}
