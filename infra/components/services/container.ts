import {
  commandOf,
  healthPort,
  portOf,
  serves,
  type DatabaseService,
  type Environment,
  type ProcessName,
} from '@continuum/environments'
import { passwordAt } from '../secret-reference.ts'

/** The container of a process. */
export interface ContainerArgs {
  readonly process: ProcessName
  readonly environment: Pick<Environment, 'region'>
  readonly image: string
  readonly variables: Readonly<Record<string, string>>
  /** The secret variables, and the ARN of the secret that ECS reads each from when the container starts. */
  readonly secrets: Readonly<Record<string, string>>
  /** The step of the rotation of its tokens: a further step replaces the task, for secrets are read when it starts. */
  readonly rotation?: number
  readonly logGroup: string
  readonly exec: boolean
  /** Makes the database user of the process's service before the process starts; absent for a process without a database. */
  readonly databaseUser?: DatabaseUserArgs | undefined
}

/** The database user of a service. */
export interface DatabaseUserArgs {
  readonly service: DatabaseService
  /** The database as its master user, without the password. */
  readonly masterUrl: string
  /** The references to the passwords in their secrets. */
  readonly secrets: { readonly master: string; readonly own: string }
}

/**
 * A process can do nothing on its machine but its own work: no root (set here as well, for an image that is built elsewhere), no
 * capability of the kernel, nothing of the image overwritten. Fargate takes neither `privileged` nor `no-new-privileges`; without
 * capabilities a program of root's that anybody may run gives none.
 */
const confinement = {
  user: '1000:1000',
  readonlyRootFilesystem: true,
  linuxParameters: { initProcessEnabled: true, capabilities: { drop: ['ALL'] } },
}

/**
 * The writable folders of a container, by the name of their volume: temporary files and, where operators may open a shell, the files
 * of its agent. AWS documents a shell and a read-only file system as mutually exclusive; with these three folders they work together
 * (aws/containers-roadmap#1359).
 */
export function writableFolders(exec: boolean): Readonly<Record<string, string>> {
  const agent = { agent: '/managed-agents', 'agent-state': '/var/lib/amazon/ssm', 'agent-log': '/var/log/amazon/ssm' }
  return { tmp: '/tmp', ...(exec && agent) }
}

/**
 * Builds the container definitions of a process's task: its own and, if it has a database, that of what makes its user, which runs
 * first and ends. That one alone is told the master user's password; neither reads the variables of the other.
 */
export function containersOf(args: ContainerArgs): readonly Definition[] {
  const { process, databaseUser, image, logGroup, environment } = args
  const own = containerOf({
    ...args,
    name: process,
    command: commandOf(process),
    served: serves(process) ? [portOf(process)] : [],
    health: healthPort,
  })
  if (!databaseUser) return [own]
  const making = userMaker(databaseUserContainer, databaseUser, { image, logGroup, environment })
  return [{ ...own, ...after([databaseUserContainer]) }, making]
}

/** A container definition of ECS. */
export type Definition = Readonly<Record<string, unknown>>

/** The order in which a container waits for the end of others. */
export const after = (names: readonly string[]) => ({
  dependsOn: names.map((containerName) => ({ containerName, condition: 'SUCCESS' })),
})

/** Builds the container that makes a database user and ends. */
export function userMaker(
  name: string,
  { service, masterUrl, secrets }: DatabaseUserArgs,
  { image, logGroup, environment }: Pick<ContainerArgs, 'image' | 'logGroup' | 'environment'>,
): Definition {
  return {
    name,
    image,
    essential: false,
    command: ['node', 'libs/service/src/ensure-database-user.ts'],
    ...confinement,
    environment: [
      { name: 'DATABASE_URL', value: masterUrl },
      { name: 'SERVICE_SCHEMA', value: service },
    ],
    secrets: [
      { name: 'DATABASE_PASSWORD', valueFrom: passwordAt(secrets.master) },
      { name: 'SERVICE_PASSWORD', valueFrom: passwordAt(secrets.own) },
    ],
    logConfiguration: logTo(logGroup, environment.region),
  }
}

const databaseUserContainer = 'database-user'

const logTo = (group: string, region: string) => ({
  logDriver: 'awslogs',
  options: { 'awslogs-group': group, 'awslogs-region': region, 'awslogs-stream-prefix': 'task' },
})

/** A container of one or more processes. */
export interface ContainerOfProcesses extends Omit<ContainerArgs, 'process' | 'databaseUser'> {
  readonly name: string
  readonly command: readonly string[]
  /** The ports at which others reach it. */
  readonly served: readonly number[]
  /** The port at which it tells its health. */
  readonly health: number
}

/** Builds the container definition of processes for ECS. */
export function containerOf(args: ContainerOfProcesses): Definition {
  const { name, command, served, health, environment, image, variables, secrets, rotation = 0, logGroup, exec } = args
  // Nothing routes to the health port: it is named here for those who read the task definition.
  const ports = [...served, health]
  return {
    name,
    image,
    essential: true,
    command,
    ...confinement,
    mountPoints: Object.entries(writableFolders(exec)).map(([sourceVolume, containerPath]) => ({
      sourceVolume,
      containerPath,
      readOnly: false,
    })),
    portMappings: ports.map((port) => ({ containerPort: port, hostPort: port, protocol: 'tcp' })),
    environment: sorted(variables).map(([variable, value]) => ({ name: variable, value })),
    secrets: sorted(secrets).map(([variable, valueFrom]) => ({ name: variable, valueFrom })),
    // Runs inside the container. `/health` asks nobody: a task is not replaced because the database is down.
    healthCheck: {
      command: [
        'CMD',
        'node',
        '-e',
        `fetch('http://127.0.0.1:${health}/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`,
      ],
      interval: 30,
      timeout: 10,
      retries: 3,
      startPeriod: 60,
    },
    stopTimeout: stopSeconds,
    ...(rotation > 0 && { dockerLabels: { 'continuum.rotation': String(rotation) } }),
    logConfiguration: logTo(logGroup, environment.region),
  }
}

/** The maximum time that Fargate gives a container between SIGTERM and SIGKILL. */
const stopSeconds = 120

/** Sorts by name, so that nothing looks changed that is not. */
function sorted(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1))
}
