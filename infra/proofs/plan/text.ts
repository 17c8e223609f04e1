import { isObject, textOf, type Value } from '../wire/values.ts'
import type { Plan, PlannedResource } from './resource.ts'

/**
 * A plan as a text for people to read in diffs: the resources in the order of their names, a block for each, what one takes
 * from another as `<other.id>`, JSON texts opened up.
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

/** What of a resource others may hold, and what stands for it in the text. */
interface Reference {
  value: string
  reads: string
}

/** Only what AWS draws: a name or an ARN that says it all stays as it is. */
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

/** The object or list behind a JSON text. */
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
