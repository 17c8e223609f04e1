import { isA, notYetKnown, parsed, textOf, type Policy } from '../model/policy.ts'

/** A process that is taken over can do nothing on its machine that it does not need for its work. */
export const confinement: Policy = {
  name: 'confined-containers',
  description:
    'Every container runs without root, without capabilities of the kernel, and on a file system that is read only.',
  alone(resource) {
    const definitions = resource.props['containerDefinitions']
    if (!isA(resource, 'ecs/taskDefinition:TaskDefinition') || definitions === notYetKnown) return []
    const containers: unknown = typeof definitions === 'string' ? parsed(definitions) : definitions
    return Array.isArray(containers) ? containers.flatMap(gapsIn) : ['has no containers that can be read']
  },
}

function gapsIn(container: unknown): string[] {
  const { name, user, readonlyRootFilesystem, linuxParameters, privileged } = Object(container)
  const { drop = [], add = [] } = Object(Object(linuxParameters).capabilities)
  const own = textOf(name)
  return [
    ...(/^([1-9]\d*)(:[1-9]\d*)?$/.test(textOf(user)) ? [] : [`lets ${own} run as root: set user to a number`]),
    ...(readonlyRootFilesystem === true ? [] : [`lets ${own} overwrite its image: set readonlyRootFilesystem`]),
    ...([drop].flat().includes('ALL') ? [] : [`leaves ${own} capabilities of the kernel: drop ALL`]),
    ...([add].flat().length === 0 ? [] : [`gives ${own} capabilities of the kernel: add none`]),
    ...(privileged === true ? [`lets ${own} do everything on its machine: it must not be privileged`] : []),
  ]
}
