import { invalidValue, SqsError } from './errors.ts'

/** The members of an operation's input, as the JSON protocol spells them; the Query protocol is converted to the same form. */
export type Input = { readonly [member: string]: unknown }

/** The members of an operation's reply, as the JSON protocol spells them; undefined ones are left out. */
export type Reply = { readonly [member: string]: unknown }

/** True for a JSON object. */
export const isInput = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wrongType = (member: string, expected: string) =>
  new SqsError('SerializationException', `${member} must be ${expected}.`)

const missing = (member: string) =>
  new SqsError('MissingRequiredParameterException', `The request must contain the parameter ${member}.`)

/** A string member, if present. Throws SerializationException for another type. */
export function text(input: Input, member: string): string | undefined {
  const value = input[member] ?? undefined
  if (value === undefined || typeof value === 'string') return value
  throw wrongType(member, 'a string')
}

/** A string member that must be present and not empty. Throws MissingParameter. */
export function requiredText(input: Input, member: string): string {
  const value = text(input, member)
  if (value === undefined || value === '') throw missing(member)
  return value
}

/** An integer between `from` and `to` (inclusive), if present. The Query protocol passes it as digits. */
export function integer(input: Input, member: string, from: number, to: number): number | undefined {
  const value = input[member] ?? undefined
  if (value === undefined) return undefined
  if (typeof value !== 'number' && typeof value !== 'string') throw wrongType(member, 'a number')
  const number = typeof value === 'number' ? value : /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN
  if (Number.isInteger(number) && number >= from && number <= to) return number
  throw invalidValue(value, member, `Must be between ${from} and ${to}, if provided.`)
}

/** As {@link integer}, for a required member. */
export function requiredInteger(input: Input, member: string, from: number, to: number): number {
  const value = integer(input, member, from, to)
  if (value === undefined) throw missing(member)
  return value
}

/** A list of strings; empty when absent. */
export function texts(input: Input, member: string): string[] {
  const value = input[member] ?? []
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw wrongType(member, 'a list of strings')
}

/** A list of structures; empty when absent. */
export function structures(input: Input, member: string): Input[] {
  const value = input[member] ?? []
  if (Array.isArray(value) && value.every(isInput)) return value
  throw wrongType(member, 'a list of structures')
}

/** A map of structures by name; empty when absent. */
export function structureMap(input: Input, member: string): Map<string, Input> {
  const value = input[member] ?? {}
  if (!isInput(value)) throw wrongType(member, 'a map')
  return new Map(
    Object.entries(value).map(([name, entry]) => {
      if (!isInput(entry)) throw wrongType(`${member}.${name}`, 'a structure')
      return [name, entry]
    }),
  )
}

/** A map of strings by name; empty when absent. */
export function textMap(input: Input, member: string): Record<string, string> {
  const value = input[member] ?? {}
  if (!isInput(value)) throw wrongType(member, 'a map')
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => {
      if (typeof entry !== 'string') throw wrongType(`${member}.${name}`, 'a string')
      return [name, entry]
    }),
  )
}
