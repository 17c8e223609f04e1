import { isObject, textOf, type Value } from '../wire/values.ts'
import type { Plan, PlannedResource } from './resource.ts'

/**
 * Formats a plan for diffs: a block for each resource, sorted by name, with references as `<other.id>` and JSON expanded.
 */
export function textOfPlan(plan: Plan): string {
  const references = referencesOf(plan.resources)
  const blocks = plan.resources.toSorted(byName).map((resource) => block(resource, references))
  const outputs = ['outputs', ...lines(plan.outputs, references, '  ')]
  return `${[...blocks, outputs].map((each) => each.join('\n')).join('\n\n')}\n`
}

function block(resource: PlannedResource, references: readonly Reference[]): string[] {
  const { type, name, parent, inputs, protect, retainOnDelete, ignoreChanges } = resource
  const options = [
    ...(protect ? ['protected'] : []),
    ...(retainOnDelete ? ['stays when it is deleted'] : []),
    ...(ignoreChanges.length > 0 ? [`changes ignored: ${ignoreChanges.join(', ')}`] : []),
  ]
  return [
    `${type} ${name}${parent ? ` < ${parent.name}` : ''}`,
    ...options.map((option) => `  (${option})`),
    ...lines(inputs, references, '  '),
  ]
}

const byName = (one: PlannedResource, other: PlannedResource): number => {
  const [first, second] = [one, other].map(({ name, type }) => `${name} ${type}`)
  return (first ?? '') < (second ?? '') ? -1 : 1
}

/** An output that other resources may contain, and the text that stands for it. */
interface Reference {
  value: string
  reads: string
}

/** Only values that AWS generates; names and ARNs that the program determines stay as they are. */
function referencesOf(resources: readonly PlannedResource[]): Reference[] {
  return resources
    .flatMap(({ name, outputs, id, drawn }) =>
      drawn.map((property) => ({ value: textOf({ ...outputs, id }[property]), reads: `<${name}.${property}>` })),
    )
    .filter(({ value }) => value.length > 3)
    .toSorted((one, other) => other.value.length - one.value.length)
}

function lines(value: Value, references: readonly Reference[], indent: string): string[] {
  if (Array.isArray(value)) return value.flatMap((member) => listed(lines(open(member), references, ''), indent))
  if (!isObject(value)) return [`${indent}${scalar(value, references)}`]
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, member]) => item(`${key}:`, member, references, indent))
}

const listed = (member: string[], indent: string): string[] =>
  member.map((line, index) => `${indent}${index === 0 ? '-' : ' '} ${line}`)

function item(label: string, value: Value, references: readonly Reference[], indent: string): string[] {
  const opened = open(value)
  if (Array.isArray(opened) || isObject(opened))
    return Object.keys(opened).length === 0
      ? [`${indent}${label} ${Array.isArray(opened) ? '[]' : '{}'}`]
      : [`${indent}${label}`, ...lines(opened, references, `${indent}  `)]
  return [`${indent}${label} ${scalar(opened, references)}`]
}

/** Parses JSON text that holds an object or a list. */
function open(value: Value): Value {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    const inside: Value = JSON.parse(value)
    return inside
  } catch {
    return value
  }
}

function scalar(value: Value, references: readonly Reference[]): string {
  if (typeof value !== 'string') return value === null ? 'null' : textOf(value)
  const read = references.reduce((text, { value: held, reads }) => text.replaceAll(held, reads), value)
  return read === '' || read !== read.trim() || read.includes('\n') ? JSON.stringify(read) : read
}
