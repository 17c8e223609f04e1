import {
  commandOf,
  healthPortOf,
  portOf,
  serveCommand,
  serves,
  serviceNameOf,
  shared,
  sharedName,
  sharedProcesses,
  type Environment,
  type ProcessName,
} from '@continuum/environments'
import { after, containerOf, userMaker, type DatabaseUserArgs, type Definition } from './container.ts'
import type { ProcessSettings } from './process-settings.ts'

/** The task of a small environment. */
export interface SharedContainersArgs {
  readonly environment: Pick<Environment, 'region' | 'shape'>
  readonly size: { readonly cpu: number; readonly memory: number }
  readonly image: string
  /** The step of the rotation of its tokens. */
  readonly rotation: number
  /** The variables of each process, and the references to its secrets. */
  readonly settings: ReadonlyMap<ProcessName, Pick<ProcessSettings, 'variables' | 'secrets'>>
  readonly logGroups: { readonly services: string; readonly worker: string }
  readonly databaseUsers: readonly DatabaseUserArgs[]
  readonly exec: boolean
}

/** A container that ends is started again where it is, without a new task: one that the others do not notice. */
const restarting = { restartPolicy: { enabled: true, restartAttemptPeriod: 60 } }

/**
 * Builds the container definitions of the one task of a small environment: the services in one process, the worker beside them, and
 * what makes the database users before. The worker is a container of its own, because an image takes what processor and memory there
 * is: in the services' thread it would hold up every page, and what it uses above its half of the memory must end it alone. Readers have
 * three quarters of the processor while both want it.
 */
export function sharedContainers(args: SharedContainersArgs): readonly Definition[] {
  const { environment, size, image, rotation, settings, logGroups, databaseUsers, exec } = args
  const of = <T>(pick: (given: Pick<ProcessSettings, 'variables' | 'secrets'>) => T) =>
    new Map([...settings].filter(([process]) => process !== 'worker').map(([process, given]) => [process, pick(given)]))
  const common = { environment, image, rotation, exec }
  const users = databaseUsers.map((each) =>
    userMaker(`database-user-${each.service}`, each, { ...common, logGroup: logGroups.services }),
  )
  const part = (share: number) => ({ cpu: size.cpu * share, memory: size.memory / 2, ...restarting })
  const services = containerOf({
    ...common,
    name: sharedName,
    command: [...serveCommand, ...sharedProcesses.map(serviceNameOf)],
    variables: shared(of(({ variables }) => variables)),
    secrets: shared(of(({ secrets }) => secrets)),
    logGroup: logGroups.services,
    served: sharedProcesses.filter(serves).map(portOf),
    health: healthPortOf('lax', environment),
  })
  const worker = containerOf({
    ...common,
    name: 'worker',
    command: commandOf('worker'),
    variables: settings.get('worker')?.variables ?? {},
    secrets: settings.get('worker')?.secrets ?? {},
    logGroup: logGroups.worker,
    served: [],
    health: healthPortOf('worker', environment),
  })
  return [
    { ...services, ...part(3 / 4), ...after(users.map(({ name }) => String(name))) },
    { ...worker, ...part(1 / 4) },
    ...users,
  ]
}
