import { matchesPattern } from '../../shared/wildcard.ts'
import { isInput, type Input } from './input.ts'

/** A sender: an AWS service, on behalf of one of its resources. */
export interface Sender {
  /** `s3.amazonaws.com` */
  readonly service: string
  /** The bucket. */
  readonly arn: string
  readonly account: string
}

/**
 * True if a queue's policy allows an AWS service to send to it; without a policy only the queue's own account may. An unknown kind
 * of condition never holds.
 */
export function allowsSending(policy: string | undefined, queueArn: string, sender: Sender): boolean {
  const concerning = statementsOf(policy).filter(
    (it) =>
      isFor(it['Principal'], sender) &&
      texts(it['Action']).some((action) => matchesPattern('sqs:sendmessage', action.toLowerCase())) &&
      texts(it['Resource']).some((resource) => matchesPattern(queueArn, resource)) &&
      holds(it['Condition'], sender),
  )
  return concerning.some((it) => it['Effect'] === 'Allow') && !concerning.some((it) => it['Effect'] === 'Deny')
}

function statementsOf(policy: string | undefined): Input[] {
  const document: unknown = JSON.parse(policy || '{}')
  const statements = isInput(document) ? document['Statement'] : undefined
  return (Array.isArray(statements) ? statements : [statements]).filter(isInput)
}

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((it) => typeof it === 'string')

function isFor(principal: unknown, { service }: Sender): boolean {
  if (principal === '*') return true
  return isInput(principal) && (texts(principal['AWS']).includes('*') || texts(principal['Service']).includes(service))
}

const tests: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  ArnEquals: matchesPattern,
  ArnLike: matchesPattern,
  StringLike: matchesPattern,
  StringEquals: (value, wanted) => value === wanted,
}

/** A condition such as `{ "ArnLike": { "aws:SourceArn": "arn:aws:s3:::bucket" } }`: every operator and key must hold. */
function holds(condition: unknown, { arn, account }: Sender): boolean {
  if (condition === undefined) return true
  const facts = new Map([
    ['aws:sourcearn', arn],
    ['aws:sourceaccount', account],
  ])
  return Object.entries(isInput(condition) ? condition : { unreadable: {} }).every(([operator, keys]) =>
    Object.entries(isInput(keys) ? keys : { unreadable: '' }).every(([key, wanted]) => {
      const value = facts.get(key.toLowerCase())
      const test = Object.hasOwn(tests, operator) ? tests[operator] : undefined
      return value !== undefined && test !== undefined && texts(wanted).some((it) => test(value, it))
    }),
  )
}
