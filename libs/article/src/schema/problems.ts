import type { ErrorObject } from 'ajv'
import { at, isList, type Json } from './json-schema.ts'

/** Something in a value that the schema does not allow. */
export interface SchemaProblem {
  /** A JSON pointer: `/body/3/content/0/type`. */
  readonly place: string
  readonly expected: string
  /** As JSON, shortened. */
  readonly found: string
}

/**
 * The problems in what ajv found, each once. Where one of several schemas had to fit, what is wrong deeper inside says it all.
 * Ajv must run with `allErrors` and `verbose`.
 */
export function problemsOf(errors: readonly ErrorObject[]): readonly SchemaProblem[] {
  const deepest = errors.filter(
    ({ keyword, instancePath }, index) =>
      !(keyword === 'oneOf' || keyword === 'anyOf' || keyword === 'type') ||
      !errors.some((other, place) => place !== index && other.instancePath.startsWith(`${instancePath}/`)),
  )
  const problems = deepest.map(problemOf)
  const texts = problems.map((problem) => JSON.stringify(problem))
  return problems.filter((_, index) => texts.indexOf(texts[index] ?? '') === index)
}

/**
 * The problems where each part is one of many kinds and ajv tells what is wrong with every one of them: those deepest inside,
 * for a part whose own kind fits fails there.
 */
export function problemsOfBranches(errors: readonly ErrorObject[]): readonly SchemaProblem[] {
  const depth = ({ place }: SchemaProblem) => place.split('/').length
  const all = problemsOf(errors)
  const told = all.filter(({ place }) => !place.endsWith('/type'))
  return (told.length > 0 ? told : all).toSorted((a, b) => depth(b) - depth(a))
}

function problemOf({ instancePath, keyword, params, message, data, parentSchema }: ErrorObject): SchemaProblem {
  if (keyword === 'required') {
    return { place: `${instancePath}/${params['missingProperty']}`, expected: 'a value', found: 'nothing' }
  }
  if (keyword === 'discriminator') {
    const known = kindsOf(parentSchema)
    return { place: `${instancePath}/${params['tag']}`, expected: `one of ${known}`, found: short(params['tagValue']) }
  }
  const allowed: unknown = params['allowedValues']
  const expected =
    keyword === 'type'
      ? String(params['type'])
      : Array.isArray(allowed)
        ? `one of ${allowed.join(', ')}`
        : keyword === 'not'
          ? 'another value'
          : (message ?? keyword).replace(/^must (?:be|match|have) /, '')
  return { place: instancePath || '/', expected, found: short(data) }
}

function kindsOf(schema: Json | undefined): string {
  const branches = at(schema, '/oneOf')
  return isList(branches) ? branches.map((branch) => short(at(branch, '/properties/type/const'))).join(', ') : ''
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
