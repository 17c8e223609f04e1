import { isUnknown, type Properties, textOf } from '../wire/values.ts'
import { faultsOfText } from './rules/documents.ts'
import type { AwsContext } from './rules/kind.ts'
import { kindOf } from './kinds.ts'
import { tagsOf } from './rules/tags.ts'

/** An input that AWS would refuse. */
export interface ValidationError {
  property: string
  reason: string
}

/** A resource that a program registers. */
export interface Asked {
  type: string
  name: string
  inputs: Properties
  /** Its own 64 hexadecimal digits, from which its id and generated names are derived. */
  digits: string
}

/** Validates the inputs of a resource by the rules of its type. */
export function validate(type: string, inputs: Properties): ValidationError[] {
  const rules = [...kindOf(type).rules, tagsOf(type)]
  const broken = rules.flatMap(({ property, holds, says }) => {
    const value = inputs[property]
    if (value === undefined || value === null || isUnknown(value) || holds(value, inputs)) return []
    return [{ property, reason: `${property} must be ${says}, but is ${shown(value)}` }]
  })
  const text = faultsOfText(inputs).map((property) => ({
    property,
    reason: `${property} contains the text of a missing value: ${shown(inputs[property])}`,
  }))
  return [...broken, ...text]
}

/** Adds a generated name to the inputs if the type has a name and the program gives none. */
export function withName({ type, name, inputs, digits }: Asked): Properties {
  const { named } = kindOf(type)
  if (named === undefined || inputs[named] !== undefined || inputs[`${named}Prefix`] !== undefined) return inputs
  return { ...inputs, [named]: `${name}-${digits.slice(0, 7)}` }
}

/** Makes the id and outputs of a resource: its inputs (with a generated name if it has none), and the outputs of its type. */
export function make(asked: Asked, context: AwsContext): { id: string; outputs: Properties } {
  const { type, name, digits } = asked
  const inputs = withName(asked)
  const { id, ...more } = kindOf(type).made({
    name,
    inputs,
    context,
    digits,
    arn: (service, rest, global) => `arn:aws:${service}:${global ? '' : context.region}:${context.account}:${rest}`,
    text: (property) => textOf(inputs[property] ?? ''),
  })
  const aws = type.startsWith('aws:')
    ? { region: context.region, ...(inputs['tags'] !== undefined && { tagsAll: inputs['tags'] }) }
    : {}
  return { id, outputs: { ...aws, ...inputs, ...more } }
}

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 160)}...` : text
}
