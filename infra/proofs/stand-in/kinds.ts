import type { Kind, Kinds } from './rules/kind.ts'
import { audit } from './services/audit.ts'
import { budgets } from './services/budgets.ts'
import { cloudfront } from './services/cloudfront.ts'
import { cloudwatch } from './services/cloudwatch.ts'
import { discovery } from './services/discovery.ts'
import { domains } from './services/domains.ts'
import { ec2 } from './services/ec2.ts'
import { ecr } from './services/ecr.ts'
import { ecs } from './services/ecs.ts'
import { iam } from './services/iam.ts'
import { lb } from './services/lb.ts'
import { logs } from './services/logs.ts'
import { random } from './services/random.ts'
import { rds } from './services/rds.ts'
import { s3 } from './services/s3.ts'
import { scaling } from './services/scaling.ts'
import { secrets } from './services/secrets.ts'
import { sns } from './services/sns.ts'
import { sqs } from './services/sqs.ts'
import { swf } from './services/swf.ts'
import { waf } from './services/waf.ts'

const kinds: Kinds = {
  ...audit,
  ...budgets,
  ...cloudfront,
  ...cloudwatch,
  ...discovery,
  ...domains,
  ...ec2,
  ...ecr,
  ...ecs,
  ...iam,
  ...lb,
  ...logs,
  ...random,
  ...rds,
  ...s3,
  ...scaling,
  ...secrets,
  ...sns,
  ...sqs,
  ...swf,
  ...waf,
}

/** Thrown for a type or function that the stand-in does not support yet. */
export class UnsupportedByStandInError extends Error {
  constructor(what: string, where: string) {
    super(`The stand-in for AWS does not support ${what}: add its rules and outputs to ${where}`)
  }
}

/**
 * Looks up a resource type.
 *
 * @throws {UnsupportedByStandInError}
 */
export function kindOf(type: string): Kind {
  const kind = kinds[type]
  if (kind === undefined) throw new UnsupportedByStandInError(type, 'infra/proofs/stand-in/services/')
  return kind
}

/** Every type that the stand-in supports. */
export const knownTypes = (): string[] => Object.keys(kinds)
