import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
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
 * nothing and uses no network.
 *
 * @throws {PlanError} if the program fails, or AWS would refuse any of its resources; with every reason at once
 */
export async function planOf(stack: string, options: PlanOptions = {}): Promise<Plan> {
  const first = await attempt(stack, options, quick)
  const untraced = first.faults.some((fault) => fault.includes('unhandled exception'))
  const { plan, faults } = untraced ? await attempt(stack, options, []) : first
  if (faults.length > 0) throw new PlanError(stack, faults)
  return plan
}

async function attempt(
  stack: string,
  { config = { 'continuum:tag': 'some-commit' }, folder = infra }: PlanOptions,
  node: readonly string[],
) {
  const at = { stack, project: 'continuum', context: { region: config['aws:region'] ?? 'us-east-1', account } }
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
        program: '.',
        args: [],
        monitor: address,
        engine: address,
        parallel: 16,
        dryRun: false,
        config,
        secretKeys: [],
      },
      { stdio: 'pipe', node },
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
