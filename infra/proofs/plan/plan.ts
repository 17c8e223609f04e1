import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startAwsLocal } from '@continuum/aws-local'
import { awsNamesOf, EnvironmentError, loadEnvironment, UnknownEnvironmentError } from '@continuum/environments'
import { startProgram, toldAlready } from '../wire/program.ts'
import { listen, newServer } from '../wire/serve.ts'
import { addEngine } from './engine.ts'
import { addMonitor } from './monitor.ts'
import { untimelyIn } from './order.ts'
import { PlanError, type Plan } from './resource.ts'

/** Options of a plan. */
export interface PlanOptions {
  /** The stack's configuration, by full key: `continuum:image`. Absent: the tag `some-commit` in the environment's own repository. */
  config?: Record<string, string>
  /** The program's folder; this one if absent. */
  folder?: string
  /** The file in the folder that starts the program; that of its package if absent. */
  main?: string
  /** The address of an AWS that has something already, on this machine; absent: an empty account. */
  aws?: string
  /** The image repositories that exist; absent: the environment's own, with the images of the configuration. */
  repositories?: Readonly<Record<string, readonly string[]>>
}

/** The account of a plan whose environment names none. */
const account = '123456789012'
const infra = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Two thirds of a plan's time go into garbage collection and stack traces, one per resource. Plans run without traces; one that fails
 * is run again with them.
 */
const quick = ['--max-semi-space-size=32', '--stack-trace-limit=0']

/**
 * Runs the genuine program, in the SDK's own host, against an engine of our own, and returns the resources that it registers. Creates
 * nothing and leaves this machine alone: what the program asks of AWS before, aws-local answers.
 *
 * @throws {PlanError} if the program fails, or AWS would refuse any of its resources; with every reason at once
 */
export async function planOf(stack: string, options: PlanOptions = {}): Promise<Plan> {
  const aws = options.aws === undefined ? await startAwsLocal() : undefined
  const given = { ...options, aws: options.aws ?? aws?.url ?? '' }
  const { plan, faults } = await attemptTwice(stack, given).finally(() => aws?.close())
  if (faults.length > 0) throw new PlanError(stack, faults)
  return plan
}

type Given = PlanOptions & { aws: string }

async function attemptTwice(stack: string, given: Given) {
  const first = await attempt(stack, given, quick)
  const untraced = first.faults.some((fault) => fault.includes('unhandled exception'))
  return untraced ? attempt(stack, given, []) : first
}

async function attempt(
  stack: string,
  { config = { 'continuum:tag': 'some-commit' }, folder = infra, main = '.', aws, repositories }: Given,
  node: readonly string[],
) {
  const context = {
    region: config['aws:region'] ?? 'us-east-1',
    account,
    repositories: repositories ?? (await ownRepository(stack, folder, config)),
  }
  const at = { stack, project: 'continuum', context }
  const server = newServer()
  const errors = addEngine(server)
  const noted = addMonitor(server, at)
  try {
    const address = `127.0.0.1:${await listen(server)}`
    const program = startProgram(
      {
        ...at,
        organization: 'organization',
        rootDirectory: folder,
        pwd: folder,
        program: main,
        args: [],
        monitor: address,
        engine: address,
        parallel: 16,
        dryRun: false,
        config,
        secretKeys: [],
      },
      {
        stdio: 'pipe',
        node,
        env: { AWS_ENDPOINT_URL: aws, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
      },
    )
    const said: string[] = []
    for (const stream of [program.stdout, program.stderr]) stream?.on('data', (bytes) => said.push(String(bytes)))
    const [code] = await once(program, 'close')
    const untold = code === 0 || code === toldAlready ? [] : [`the program ended with exit code ${code}`, ...said]
    return {
      plan: { stack, resources: noted.resources, outputs: noted.outputs },
      faults: [...noted.errors, ...untimelyIn(noted.resources), ...errors, ...untold],
    }
  } finally {
    server.forceShutdown()
  }
}

/** The repository of an environment, with an image for each tag of the stack's configuration. */
async function ownRepository(
  stack: string,
  folder: string,
  config: Readonly<Record<string, string>>,
): Promise<Record<string, readonly string[]>> {
  const tags = Object.entries(config).flatMap(([key, value]) => (/^continuum:tag(-|$)/.test(key) ? [value] : []))
  try {
    return { [awsNamesOf(await loadEnvironment(stack, join(folder, 'environments'))).cluster]: tags }
  } catch (error) {
    // The program says so.
    if (error instanceof UnknownEnvironmentError || error instanceof EnvironmentError) return {}
    throw error
  }
}
