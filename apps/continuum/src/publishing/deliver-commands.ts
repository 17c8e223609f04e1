import type { Command } from 'commander'
import { deliver, type DeliverOptions } from './deliver.ts'

/** `continuum deliver`: packages for an environment that runs, here or in AWS. */
export function deliveryCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  program
    .command('deliver')
    .description(
      'deliver packages to an environment that runs, and follow each until it can be published. Exits 0 when all can, 1 when one failed',
    )
    .argument('<packages...>', 'packages (zip)')
    .option('--automatic', 'publish these packages without waiting for a person', false)
    .option('--once', 'follow each until it is published and its deposits have ended', false)
    .option('--with-scheduled', 'with --once: wait for the deposits that have an hour, too', false)
    .option('--json', 'print one JSON line per article when it has ended, and nothing else', false)
    .option('--env <name>', 'the environment', 'local')
    .option('--url <url>', "the dashboard's address, where the environment has no domain")
    .option(...dataOption)
    .action(async (files: string[], options: Omit<DeliverOptions, 'files' | 'base'>) => {
      process.exitCode = await deliver({ ...options, files, base })
    })
}
