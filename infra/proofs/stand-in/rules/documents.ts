import { isObject, type Properties, type Value } from '../../wire/values.ts'
import type { Rule } from './kind.ts'

/** An ARN: partition, service, region, account and resource, the last two of which may hold wildcards. */
const arnPattern = /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws|cloudfront)?:.+$/

export const isArn = (value: Value | undefined): boolean => typeof value === 'string' && arnPattern.test(value)

export const arn = (property: string): Rule => ({
  property,
  holds: isArn,
  says: 'an ARN: arn:aws:<service>:<region>:<account>:<resource>',
})

/** A policy document that IAM, S3 and SQS accept. */
export const policyDocument = (property: string, of: 'role' | 'resource' | 'trust'): Rule => ({
  property,
  holds: (value) => faultOfPolicy(value, of) === undefined,
  says: `a policy document (Version 2012-10-17, statements with Effect, Action, ${of === 'trust' ? '' : 'Resource, '}${of === 'role' ? 'no Principal' : 'Principal'})`,
})

/** The first fault of a policy document; undefined if it is valid. */
export function faultOfPolicy(value: Value, of: 'role' | 'resource' | 'trust'): string | undefined {
  const policy = parsed(value)
  if (!isObject(policy)) return 'it is not a JSON object'
  if (policy['Version'] !== '2012-10-17') return 'its Version is not 2012-10-17'
  const statements = asList(policy['Statement'])
  if (statements.length === 0) return 'it has no Statement'
  return statements.map((statement) => faultOfStatement(statement, of)).find((fault) => fault !== undefined)
}

function faultOfStatement(statement: Value, of: 'role' | 'resource' | 'trust'): string | undefined {
  if (!isObject(statement)) return 'a statement is not an object'
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal } = statement
  if (Effect !== 'Allow' && Effect !== 'Deny') return 'a statement has no Effect'
  const actions = asList(Action ?? NotAction)
  if (actions.length === 0) return 'a statement has no Action'
  if (!actions.every((action) => typeof action === 'string' && /^(\*|[a-z0-9-]+:[A-Za-z0-9*]+)$/.test(action)))
    return 'an Action is not <service>:<operation>'
  const principal = Principal ?? NotPrincipal
  if (of === 'role' && principal !== undefined) return "a role's own policy has a Principal"
  if (of !== 'role' && principal === undefined) return 'a statement has no Principal'
  const resources = asList(Resource ?? NotResource)
  if (of === 'trust') return resources.length > 0 ? 'a trust policy has a Resource' : undefined
  if (resources.length === 0) return 'a statement has no Resource'
  return resources.every((resource) => resource === '*' || isArn(resource)) ? undefined : 'a Resource is not an ARN'
}

/** The ARN of a dead-letter queue and a number of receives. */
export const redrivePolicy = (property: string): Rule => ({
  property,
  holds: (value) => {
    const policy = parsed(value)
    if (!isObject(policy)) return false
    const count = Number(policy['maxReceiveCount'])
    return isArn(policy['deadLetterTargetArn']) && Number.isInteger(count) && count >= 1 && count <= 1000
  },
  says: 'deadLetterTargetArn, an ARN, and maxReceiveCount, 1 to 1000',
})

/** Parses JSON text; null if it is invalid. */
export function parsed(value: Value): Value {
  if (typeof value !== 'string') return value
  try {
    const inside: Value = JSON.parse(value)
    return inside
  } catch {
    return null
  }
}

const asList = (value: Value | undefined): Value[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]

/** The properties that contain the text of a missing value or of an object, always a bug of the program. */
export function faultsOfText(inputs: Properties): string[] {
  const faulty = (value: Value): boolean =>
    typeof value === 'string'
      ? /\bundefined\b|\bNaN\b|\[object Object\]|Calling \[toString\] on an \[Output/.test(value)
      : Object.values(isObject(value) || Array.isArray(value) ? value : {}).some(faulty)
  return Object.entries(inputs).flatMap(([property, value]) => (faulty(value) ? [property] : []))
}
