import type { Command } from 'commander'
import { UserError } from '../errors/user-error.ts'
import { checkPackages, type Output } from './check.ts'
import { readJournals } from './journals.ts'

/** `continuum check` and `continuum journal`: what needs no service. */
export function packageCommands(program: Command, base: string): void {
  program
    .command('check')
    .description(
      'say whether packages would be taken, and what is lost of them; needs no services. Exits 0 when all would be, 1 when one would not, 2 for bad usage',
    )
    .argument('<packages...>', 'packages (zip)')
    .option('--journal <file>', "the JSON file of the packages' journal; otherwise the journals of the environment")
    .option('--env <name>', 'the environment whose journals they are', 'local')
    .option('--json', 'print one JSON line per package', false)
    .action(async (paths: string[], options: { journal?: string; env: string; json: boolean }) => {
      try {
        const journals = await readJournals(options, base)
        process.exitCode = await checkPackages(paths, { journals, base, json: options.json }, terminal())
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        console.error(error.message)
        process.exitCode = 2
      }
    })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
}

function terminal(): Output {
  const line = (text: string) => console.log(text)
  if (!process.stderr.isTTY) return { line }
  return { line, progress: (text) => process.stderr.write(`\r\u001B[2K${text}`) }
}
