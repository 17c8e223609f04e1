import { invalid, serialization } from './errors.ts'

/**
 * A validator of a request member. A wrong JSON type throws at once (SerializationException), as on AWS; violated constraints are
 * collected, so that one response reports them all.
 */
export interface Shape<T> {
  check(value: unknown, path: string, problems: string[]): value is T
}

export type Of<S> = S extends Shape<infer T> ? T : never
type Members = Record<string, Shape<unknown>>

/** An object with required and optional members; others are dropped, as are nulls. */
export type Structure<R extends Members, O extends Members> = { [K in keyof R]: Of<R[K]> } & {
  [K in keyof O]?: Of<O[K]>
}

/**
 * Validates a request body.
 * @throws {SwfError} SerializationException, or ValidationException with all constraints that `value` violates
 */
export function accept<T>(shape: Shape<T>, value: unknown): T {
  const problems: string[] = []
  if (shape.check(value, '', problems) && problems.length === 0) return value
  throw constraints(problems)
}

/** The error for violated constraints, in AWS's form. */
export function constraints(problems: readonly string[]) {
  const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`
  return invalid(`${count} detected: ${problems.join('; ')}`)
}

/** A violated constraint. `value` is quoted unless it is absent. */
export function violation(value: string | number | undefined, path: string, constraint: string): string {
  const shown = value === undefined ? 'null' : `'${value}'`
  return `Value ${shown} at '${path}' failed to satisfy constraint: Member must ${constraint}`
}

export function text(limits: { min?: number; max?: number } = {}): Shape<string> {
  const { min = 0, max = Infinity } = limits
  return {
    check(value, path, problems): value is string {
      if (typeof value !== 'string') throw serialization(`${jsonName(value)} can not be converted to a String`)
      if (value.length < min) problems.push(violation(value, path, `have length greater than or equal to ${min}`))
      if (value.length > max) problems.push(violation(value, path, `have length less than or equal to ${max}`))
      return true
    },
  }
}

/** A text that must also satisfy `constraint`. */
export function textThat(
  constraint: string,
  satisfies: (value: string) => boolean,
  limits: { min?: number; max?: number },
) {
  const base = text(limits)
  return {
    check(value: unknown, path: string, problems: string[]): value is string {
      const before = problems.length
      if (base.check(value, path, problems) && problems.length === before && !satisfies(value))
        problems.push(violation(value, path, constraint))
      return true
    },
  }
}

export function oneOf<const V extends string>(...values: V[]): Shape<V> {
  return {
    check(value, path, problems): value is V {
      if (typeof value !== 'string') throw serialization(`${jsonName(value)} can not be converted to a String`)
      if (values.some((known) => known === value)) return true
      problems.push(violation(value, path, `satisfy enum value set: [${values.join(', ')}]`))
      return false
    },
  }
}

export function integer({ min, max }: { min: number; max: number }): Shape<number> {
  return {
    check(value, path, problems): value is number {
      if (typeof value !== 'number') throw serialization(`${jsonName(value)} can not be converted to an Integer`)
      if (!Number.isInteger(value)) throw serialization('A number with a fraction can not be converted to an Integer')
      if (value < min) problems.push(violation(value, path, `have value greater than or equal to ${min}`))
      if (value > max) problems.push(violation(value, path, `have value less than or equal to ${max}`))
      return true
    },
  }
}

/** Seconds since the epoch, with a fraction. */
export const timestamp: Shape<number> = {
  check(value): value is number {
    if (typeof value !== 'number') throw serialization(`${jsonName(value)} can not be converted to a Timestamp`)
    return true
  },
}

export const flag: Shape<boolean> = {
  check(value): value is boolean {
    if (typeof value !== 'boolean') throw serialization(`${jsonName(value)} can not be converted to a Boolean`)
    return true
  },
}

export function list<T>(item: Shape<T>, limits: { max?: number } = {}): Shape<T[]> {
  const { max = Infinity } = limits
  return {
    check(value, path, problems): value is T[] {
      if (!Array.isArray(value)) throw serialization('Expected list or null')
      if (value.length > max)
        problems.push(violation(`[${value.join(', ')}]`, path, `have length less than or equal to ${max}`))
      return value.map((entry, at) => item.check(entry, `${path}.${at + 1}.member`, problems)).every(Boolean)
    },
  }
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return { check: (value, path, problems): value is T | null => value === null || shape.check(value, path, problems) }
}

/** An object that is validated later. */
export const object: Shape<Record<string, unknown>> = {
  check(value): value is Record<string, unknown> {
    if (!isObject(value)) throw serialization('Unrecognized collection type')
    return true
  },
}

export function structure<R extends Members, O extends Members>(required: R, optional: O): Shape<Structure<R, O>> {
  return {
    check(value, path, problems): value is Structure<R, O> {
      if (!isObject(value)) throw serialization('Unrecognized collection type')
      let fits = true
      for (const name of Object.keys(value))
        if (value[name] === null || !(name in required || name in optional)) delete value[name]
      for (const [name, shape] of Object.entries(required)) {
        const at = path === '' ? name : `${path}.${name}`
        if (value[name] === undefined) {
          problems.push(violation(undefined, at, 'not be null'))
          fits = false
        } else fits = shape.check(value[name], at, problems) && fits
      }
      for (const [name, shape] of Object.entries(optional)) {
        if (value[name] !== undefined)
          fits = shape.check(value[name], path === '' ? name : `${path}.${name}`, problems) && fits
      }
      return fits
    },
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function jsonName(value: unknown): string {
  if (typeof value === 'number') return 'NUMBER_VALUE'
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE'
  if (typeof value === 'string') return 'STRING_VALUE'
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT'
}
