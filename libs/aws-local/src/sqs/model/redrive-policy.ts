import { invalidValue } from './errors.ts'
import { parseDocument } from './json-document.ts'

/** The number of receives after which a message moves to the dead-letter queue, and that queue. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string
  readonly maxReceiveCount: number
}

/** Parses the attribute RedrivePolicy; undefined if it is not set. Throws InvalidParameterValue. */
export function parseRedrivePolicy(value: string | undefined): RedrivePolicy | undefined {
  if (value === undefined || value === '') return undefined
  const document: { deadLetterTargetArn?: unknown; maxReceiveCount?: unknown } = parseDocument(value) ?? {}
  const { deadLetterTargetArn } = document
  const maxReceiveCount = Number(document.maxReceiveCount)
  if (typeof deadLetterTargetArn !== 'string')
    throw invalidValue(
      value,
      'RedrivePolicy',
      'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.',
    )
  if (document.maxReceiveCount === undefined)
    throw invalidValue(value, 'RedrivePolicy', 'Redrive policy does not contain mandatory attribute: maxReceiveCount.')
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > 1000)
    throw invalidValue(value, 'RedrivePolicy', 'Invalid value for maxReceiveCount: must be between 1 and 1000.')
  return { deadLetterTargetArn, maxReceiveCount }
}

const permissions = ['allowAll', 'denyAll', 'byQueue']

/** True for a RedriveAllowPolicy: `{"redrivePermission": "allowAll" | "denyAll" | "byQueue", "sourceQueueArns": [...]}`. */
export function isRedriveAllowPolicy(value: string): boolean {
  const document: { redrivePermission?: unknown; sourceQueueArns?: unknown } = parseDocument(value) ?? {}
  const { redrivePermission: permission, sourceQueueArns: sources } = document
  if (typeof permission !== 'string' || !permissions.includes(permission)) return false
  return permission === 'byQueue' ? Array.isArray(sources) && sources.length <= 10 : sources === undefined
}

/** True if a dead-letter queue with this RedriveAllowPolicy (by default all are allowed) accepts messages of a source queue. */
export function allowsRedrive(value: string | undefined, sourceArn: string): boolean {
  const document: { redrivePermission?: unknown; sourceQueueArns?: unknown } = parseDocument(value ?? '') ?? {}
  const { redrivePermission: permission, sourceQueueArns: sources } = document
  return permission === 'byQueue' ? Array.isArray(sources) && sources.includes(sourceArn) : permission !== 'denyAll'
}
