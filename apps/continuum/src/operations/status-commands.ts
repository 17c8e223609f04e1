import { loadEnvironment } from '@continuum/environments'
import type { Command } from 'commander'
import { dashboardApi } from '../dashboard/dashboard-api.ts'
import type { DashboardOptions } from '../dashboard/dashboard-address.ts'
import { awsStatus } from '../environments/aws-status.ts'
import { awsStatusText, isSteady } from '../environments/aws-status-text.ts'
import { explainAwsErrors } from '../errors/aws-error.ts'
import { isDown, KnownProcesses, knownProcessesText } from '../status/known-processes.ts'
import { environmentStatus } from '../status/status.ts'
import { statusText } from '../status/status-text.ts'

interface Options {
  readonly env: string
  readonly url?: string
  readonly json: boolean
  readonly data: string
}

/** `continuum status` and `continuum env status`: what runs in an environment, in which version, and what waits. */
export function statusCommands(
  program: Command,
  environments: Command,
  base: string,
  dataOption: readonly [string, string, string],
): void {
  for (const parent of [program, environments])
    parent
      .command('status')
      .description(
        'show processes with their versions and restarts, queues with their dead letters, and what is in progress; exits 1 if a process is unhealthy or down',
      )
      .option('--env <name>', 'the environment', 'local')
      .option('--url <url>', 'the address of its dashboard, where it has no domain')
      .option('--json', 'print JSON', false)
      .option(...dataOption)
      .action(async (options: Options) => {
        const { text, json, isHealthy } =
          options.env === 'local' ? await statusHere(options, base) : await statusInAws({ ...options, base })
        console.log(options.json ? JSON.stringify(json) : text)
        if (!isHealthy) process.exitCode = 1
      })
}

interface Shown {
  readonly text: string
  readonly json: unknown
  readonly isHealthy: boolean
}

async function statusHere({ data }: Options, base: string): Promise<Shown> {
  const json = await environmentStatus(data, base)
  const isHealthy = json.processes.every(({ state }) => state === 'ok')
  return { json, text: statusText(json, Date.now()), isHealthy }
}

async function statusInAws(options: DashboardOptions): Promise<Shown> {
  const environment = await loadEnvironment(options.env)
  const [status, processes] = await Promise.all([
    explainAwsErrors(environment.region, () => awsStatus(environment)),
    // What ECS and SQS say is wanted most while the dashboard does not answer.
    dashboardApi(options)
      .then((api) => api.get('/api/processes', KnownProcesses))
      .catch(() => null),
  ])
  const text = `${awsStatusText(status)}\n\n${knownProcessesText(processes, Date.now())}`
  const isHealthy = status.services.every(isSteady) && !processes?.processes.some(isDown)
  return { json: { ...status, processes }, text, isHealthy }
}
