import { commandOf, portOf, serves, type Environment, type ProcessName } from '@continuum/environments'

/** All that a process's container is made of. */
export interface ContainerArgs {
  readonly process: ProcessName
  readonly environment: Pick<Environment, 'region'>
  readonly image: string
  readonly variables: Readonly<Record<string, string>>
  /** The variables that are secret, and the ARN of the secret that each is read from when the container starts. */
  readonly secrets: Readonly<Record<string, string>>
  readonly logGroup: string
  readonly exec: boolean
}

/** The user of the image. Told again here: an image of somebody else's making does not run as root either. */
const user = '1000:1000'

/**
 * What of the file system may be written to, by the name of its volume: room for files on their way and, where operators may
 * open a shell, what the agent behind it writes. AWS says that a shell and a read-only file system exclude each other; with
 * these three folders they do not (aws/containers-roadmap#1359).
 */
export function writableFolders(exec: boolean): Readonly<Record<string, string>> {
  const agent = { agent: '/managed-agents', 'agent-state': '/var/lib/amazon/ssm', 'agent-log': '/var/log/amazon/ssm' }
  return { tmp: '/tmp', ...(exec && agent) }
}

/** The container of a process, as ECS takes it. */
export function containerOf(args: ContainerArgs): Readonly<Record<string, unknown>> {
  const { process, environment, image, variables, secrets, logGroup, exec } = args
  const port = portOf(process)
  return {
    name: process,
    image,
    essential: true,
    command: commandOf(process),
    user,
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true },
    mountPoints: Object.entries(writableFolders(exec)).map(([sourceVolume, containerPath]) => ({
      sourceVolume,
      containerPath,
      readOnly: false,
    })),
    portMappings: serves(process) ? [{ containerPort: port, hostPort: port, protocol: 'tcp' }] : [],
    environment: sorted(variables).map(([name, value]) => ({ name, value })),
    secrets: sorted(secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    // From inside: the processes that serve nobody listen there alone.
    healthCheck: {
      command: [
        'CMD',
        'node',
        '-e',
        `fetch('http://127.0.0.1:${port}/ping').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`,
      ],
      interval: 30,
      timeout: 10,
      retries: 3,
      startPeriod: 60,
    },
    stopTimeout: stopSeconds,
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': logGroup, 'awslogs-region': environment.region, 'awslogs-stream-prefix': 'task' },
    },
  }
}

/** The longest that Fargate waits between asking a container to stop and ending it. */
const stopSeconds = 120

/** By name: so that what did not change does not look changed. */
function sorted(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1))
}
