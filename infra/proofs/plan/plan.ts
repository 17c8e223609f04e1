import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startProgram, toldAlready } from '../wire/program.ts'
import { listen, newServer } from '../wire/serve.ts'
import { addEngine } from './engine.ts'
import { addMonitor } from './monitor.ts'
import { PlanFailed, type Plan } from './resource.ts'

/** A program, and the stack of it that is planned. */
export interface PlanOptions {
  /** Of the stack, by full key: `continuum:image`. Absent: every app runs the tag `some-commit` of the environment's own repository. */
  config?: Record<string, string>
  /** The program's folder, where it is another than this one. */
  folder?: string
}

/** The account in which a plan is made, where the environment does not say one. */
const account = '123456789012'
const infra = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Two thirds of what a plan takes is collecting garbage and stack traces, one of them for each resource and nearly all for
 * nobody: so a plan that fails is made once more, with them.
 */
const quick = ['--max-semi-space-size=32', '--stack-trace-limit=0']

/**
 * Runs the genuine program, in the SDK's own host, against an engine of our own, and gives all that it asks for. Nothing is
 * made, and no network is used.
 *
 * @throws {PlanFailed} when the program fails, or asks for something that AWS would refuse: all of it at once
 */
export async function planOf(stack: string, options: PlanOptions = {}): Promise<Plan> {
  const first = await attempt(stack, options, quick)
  const untraced = first.faults.some((fault) => fault.includes('unhandled exception'))
  const { plan, faults } = untraced ? await attempt(stack, options, []) : first
  if (faults.length > 0) throw new PlanFailed(stack, faults)
  return plan
}

async function attempt(
  stack: string,
  { config = { 'continuum:tag': 'some-commit' }, folder = infra }: PlanOptions,
  node: readonly string[],
) {
  const at = { stack, project: 'continuum', ground: { region: config['aws:region'] ?? 'us-east-1', account } }
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
      faults: [...noted.refusals, ...errors, ...untold],
    }
  } finally {
    server.forceShutdown()
  }
}
