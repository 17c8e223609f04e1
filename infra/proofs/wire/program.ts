import { spawn, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** A run of a Pulumi program. */
export interface ProgramRun {
  project: string
  stack: string
  organization: string
  /** The folder of Pulumi.yaml; `pwd` is the one in which the program runs. */
  rootDirectory: string
  pwd: string
  /** The module, or `.` for the `main` of its package.json. */
  program: string
  args: readonly string[]
  /** The address of the resource monitor, and that of the engine: `127.0.0.1:4711`. */
  monitor: string
  engine: string
  parallel: number
  dryRun: boolean
  /** The stack's configuration by full key: `continuum:image`. */
  config: Record<string, string>
  secretKeys: readonly string[]
}

/** The exit code of a program that has already reported its errors to the engine. */
export const toldAlready = 32

/**
 * Starts a Pulumi program in the SDK's own host, in a separate process.
 *
 * @param how.node options of Node: `--stack-trace-limit=0`
 * @param how.env more environment variables
 */
export function startProgram(
  run: ProgramRun,
  how: { stdio: 'inherit' | 'pipe'; node?: readonly string[]; env?: Readonly<Record<string, string>> },
): ChildProcess {
  const { project, stack, organization, monitor, engine, pwd, dryRun } = run
  const flags = {
    monitor,
    engine,
    project,
    stack,
    organization,
    pwd,
    'root-directory': run.rootDirectory,
    parallel: run.parallel,
  }
  return spawn(
    process.execPath,
    [
      ...(how.node ?? []),
      require.resolve('@pulumi/pulumi/cmd/run'),
      ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
      ...(dryRun ? ['--dry-run'] : []),
      run.program,
      ...run.args,
    ],
    {
      cwd: pwd,
      stdio: ['ignore', how.stdio, how.stdio],
      env: {
        ...process.env,
        ...how.env,
        PULUMI_CONFIG: JSON.stringify(run.config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(run.secretKeys),
      },
    },
  )
}
