import { isUnknown, type Properties, textOf } from '../wire/values.ts'
import { faultsOfText } from './rules/documents.ts'
import type { Ground } from './rules/kind.ts'
import { kindOf } from './kinds.ts'
import { tagsOf } from './rules/tags.ts'

/** Something that AWS would not take. */
export interface Refusal {
  property: string
  reason: string
}

/** A resource, as a program asks for it. */
export interface Asked {
  type: string
  name: string
  inputs: Properties
  /** Its own 64 hexadecimal digits, of which its id and generated names are made. */
  digits: string
}

/** What AWS would refuse about a resource before it makes it. */
export function refusalsOf(type: string, inputs: Properties): Refusal[] {
  const rules = [...kindOf(type).rules, tagsOf(type)]
  const broken = rules.flatMap(({ property, holds, says }) => {
    const value = inputs[property]
    if (value === undefined || value === null || isUnknown(value) || holds(value, inputs)) return []
    return [{ property, reason: `${property} must be ${says}; it is ${shown(value)}` }]
  })
  const text = faultsOfText(inputs).map((property) => ({
    property,
    reason: `${property} holds the text of a value that was not there: ${shown(inputs[property])}`,
  }))
  return [...broken, ...text]
}

/** The inputs with a name of their own, where the program gives none and the type has one. */
export function withName({ type, name, inputs, digits }: Asked): Properties {
  const { named } = kindOf(type)
  if (named === undefined || inputs[named] !== undefined || inputs[`${named}Prefix`] !== undefined) return inputs
  return { ...inputs, [named]: `${name}-${digits.slice(0, 7)}` }
}

/** What AWS says of a resource that it made: what it was given (a name where it was given none), and what it knows besides. */
export function make(asked: Asked, ground: Ground): { id: string; outputs: Properties } {
  const { type, name, digits } = asked
  const inputs = withName(asked)
  const { id, ...more } = kindOf(type).made({
    name,
    inputs,
    ground,
    digits,
    arn: (service, rest, global) => `arn:aws:${service}:${global ? '' : ground.region}:${ground.account}:${rest}`,
    text: (property) => textOf(inputs[property] ?? ''),
  })
  const aws = type.startsWith('aws:')
    ? { region: ground.region, ...(inputs['tags'] !== undefined && { tagsAll: inputs['tags'] }) }
    : {}
  return { id, outputs: { ...aws, ...inputs, ...more } }
}

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 160)}...` : text
}
