import { createInterface } from 'node:readline/promises'
import { journalsFolder } from '@continuum/environments'
import type { Command } from 'commander'
import { UserError } from '../errors/user-error.ts'
import { checkPackages, type Output } from './check.ts'
import { readJournals } from './journals.ts'
import { answerProblem, newJournal, questions, type Answers, type Question } from './new-journal.ts'

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
    .exitOverride(exitForUsage)
    .action(async (paths: string[], options: { journal?: string; env: string; json: boolean }) =>
      exitingForUsage(async () => {
        const journals = await readJournals(options, base)
        return checkPackages(paths, { journals, base, json: options.json }, terminal())
      }),
    )

  const journal = program.command('journal').description('the journals whose articles are taken')
  const create = journal
    .command('new')
    .description(
      "write a journal's file of its five values; asks for those that are not given. Exits 1 when a package that was tried would not be taken, 2 for bad values",
    )
    .exitOverride(exitForUsage)
  for (const { option, asks, expected } of questions) create.option(option, `${asks}; ${expected}`)
  create
    .option('--try <packages...>', 'packages (zip) to check by the new settings')
    .option('--folder <folder>', 'where the file is written', journalsFolder)
    .action(async ({ try: packages = [], folder, ...answers }: Answers & { try?: string[]; folder: string }) =>
      exitingForUsage(() =>
        newJournal({ answers, folder, packages, base, ...(process.stdin.isTTY && { ask: askTerminal }) }, terminal()),
      ),
    )
}

async function exitingForUsage(run: () => Promise<0 | 1>): Promise<void> {
  try {
    process.exitCode = await run()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    console.error(error.message)
    process.exitCode = 2
  }
}

function exitForUsage({ exitCode }: { readonly exitCode: number }): never {
  process.exit(exitCode === 0 ? 0 : 2)
}

/** Asks until the answer is right. */
async function askTerminal(question: Question): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    for (;;) {
      const answer = (await lines.question(`${question.asks} (${question.expected}): `)).trim()
      const problem = answerProblem(question, answer)
      if (problem === undefined) return answer
      console.error(problem)
    }
  } finally {
    lines.close()
  }
}

function terminal(): Output {
  const line = (text: string) => console.log(text)
  if (!process.stderr.isTTY) return { line }
  return { line, progress: (text) => process.stderr.write(`\r\u001B[2K${text}`) }
}
