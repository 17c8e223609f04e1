export const stackType = 'pulumi:pulumi:Stack'
const providerPrefix = 'pulumi:providers:'

/** Builds the URN of a resource: `urn:pulumi:<stack>::<project>::<types of parents and its own>::<name>`. */
export function urnOf(at: { stack: string; project: string }, parent: string, type: string, name: string): string {
  const above = typesOf(parent)
  const types = above === '' || above === stackType ? type : `${above}$${type}`
  return `urn:pulumi:${at.stack}::${at.project}::${types}::${name}`
}

/** The type and name in a URN. */
export const named = (urn: string): { type: string; name: string } => ({
  type: typesOf(urn).split('$').at(-1) ?? '',
  name: urn.split('::').slice(3).join('::'),
})

export const isProvider = (type: string): boolean => type.startsWith(providerPrefix)

const typesOf = (urn: string): string => urn.split('::')[2] ?? ''
