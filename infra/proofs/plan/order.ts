import { mayBeRefused, refusalOf } from '../stand-in/refusals/refusals.ts'
import { textOf } from '../wire/values.ts'
import type { PlannedResource } from './resource.ts'

/**
 * Finds the resources that AWS would refuse because they may be made too early. The engine makes a resource as soon as those on which it depends exist, so
 * nothing else may be counted on.
 *
 * @returns the faults, each with the resource's name
 */
export function untimelyIn(resources: readonly PlannedResource[]): string[] {
  const known = new Map(resources.map((each) => [each.urn, each]))
  return resources
    .filter(({ type }) => mayBeRefused(type))
    .flatMap((each) => {
      const wanted = { ...each, region: textOf(each.outputs['region']) }
      const refused = refusalOf(wanted, existingBefore(each, known))
      return refused === undefined ? [] : [`${each.type} ${each.name}: ${refused}`]
    })
}

/** All resources on which one depends, directly or not. */
function existingBefore(
  resource: PlannedResource,
  known: ReadonlyMap<string, PlannedResource>,
  found = new Map<string, PlannedResource>(),
): PlannedResource[] {
  for (const urn of resource.dependencies) {
    const needed = known.get(urn)
    if (needed === undefined || found.has(urn)) continue
    found.set(urn, needed)
    existingBefore(needed, known, found)
  }
  return [...found.values()]
}
