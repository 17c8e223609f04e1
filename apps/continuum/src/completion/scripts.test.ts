import { execFileSync } from 'node:child_process'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { completionScript } from './scripts.ts'

function commandLine(): Command {
  const program = new Command('continuum')
  program.command('publish').description("publish what's ready").option('--force', 'also what is published')
  program
    .command('env')
    .description('environments')
    .command('logs')
    .description('print logs')
    .option('--since <moment>')
  return program
}

/** Asks bash itself what it offers after a line. */
function offered(...words: string[]): string[] {
  const script = `${completionScript(commandLine(), 'bash')}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _continuum; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', script, 'bash', 'continuum', ...words], { encoding: 'utf8' })
    .trim()
    .split('\n')
}

test.each([
  [[''], ['publish', 'env']],
  [['pub'], ['publish']],
  [
    ['env', ''],
    ['logs', '--help'],
  ],
  [
    ['env', 'logs', '--'],
    ['--since', '--help'],
  ],
  [['publish', '00353', '--f'], ['--force']],
])('bash offers after %j: %j', (words, expected) => {
  expect(offered(...words)).toEqual(expected)
})

test('fish gets commands with their descriptions', () => {
  const script = completionScript(commandLine(), 'fish')
  expect(script).toContain(String.raw`-a publish -d 'publish what\'s ready'`)
  expect(script).toContain(
    `-n '__fish_seen_subcommand_from env; and not __fish_seen_subcommand_from logs' -a logs -d 'print logs'`,
  )
})
