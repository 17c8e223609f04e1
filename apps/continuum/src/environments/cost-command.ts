import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'

const commands = fileURLToPath(new URL('../../../../scripts/run.mjs', import.meta.url))

/**
 * `continuum cost`: what an environment costs a month. The program of the infrastructure computes it from its own plan, and has its own
 * flags and help; the packages that it needs are installed if they are missing.
 */
export function costCommand(program: Command): void {
  program
    .command('cost')
    .description(
      'what an environment in AWS costs a month, computed from the plan of its resources; cost --help has its flags',
    )
    .option('--env <name>', 'the environment')
    .option('--all', 'all environments, a line each')
    .option('--json', 'as JSON')
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async () => {
      const args = process.argv.slice(process.argv.indexOf('cost') + 1)
      process.exitCode = await run([commands, 'cost', ...args])
    })
}

function run(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, args, { stdio: 'inherit' })
      .once('error', reject)
      .once('close', (code) => resolve(code ?? 1))
  })
}
