import type { ProcessName } from '@continuum/environments'
import { permissions, type Arns, type Statement } from './permissions.ts'

/**
 * The permissions of a task: those of its process, or where several share it the union of theirs, said as briefly as possible, for AWS
 * takes 10,240 characters of a role's policies. Resources of the same conditions with the same actions are one statement.
 */
export function permissionsOf(processes: readonly ProcessName[], arns: Arns): Statement[] {
  const all = processes.flatMap((process) => permissions[process](arns))
  return processes.length === 1 ? all : united(all)
}

/** Allows the same as the statements together: no action on a resource that none of them allows. */
export function united(statements: readonly Statement[]): Statement[] {
  const byCondition = Map.groupBy(statements, ({ Condition }) => JSON.stringify(Condition))
  return [...byCondition.values()].flatMap((alike) => {
    const actionsOf = new Map<string, Set<string>>()
    for (const { Action, Resource } of alike)
      for (const resource of [Resource].flat())
        actionsOf.set(resource, (actionsOf.get(resource) ?? new Set()).union(new Set(Action)))
    const byActions = Map.groupBy(actionsOf, ([, actions]) => [...actions].toSorted().join(' '))
    const [{ Condition } = {}] = alike
    return [...byActions].map(([actions, resources]): Statement => ({
      Effect: 'Allow',
      Action: actions.split(' '),
      Resource: resources.map(([resource]) => resource).toSorted(),
      ...(Condition && { Condition }),
    }))
  })
}
