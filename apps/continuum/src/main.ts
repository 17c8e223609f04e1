import { Command } from 'commander'
import { EnvironmentError } from '@continuum/environments'
import { readSettings, SettingsError } from '@continuum/service'
import { secretsOf } from './local/data-directory.ts'
import { environmentCommands } from './environments/commands.ts'
import { executionCommands } from './executions/commands.ts'
import { StartSettings } from './local/settings.ts'
import { awsVariables } from './local/aws-variables.ts'
import { provisionEnvironment } from './environments/provision.ts'
import { oneLine, Refusal } from './errors/user-error.ts'
import { signInLink } from './local/sign-in.ts'
import { start } from './local/start.ts'
import { environmentStatus, runningOn, statusText } from './local/status.ts'

// npm runs scripts in the project's folder; relative paths mean the folder where the user is.
const base = process.env['INIT_CWD'] ?? process.cwd()
const dataOption = ['--data <folder>', 'where the environment keeps its state', '.continuum'] as const

// Whoever read along is gone (`| head`): then nobody waits for the rest, and what runs is stopped in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.kill(process.pid, 'SIGTERM'))

const program = new Command('continuum')
  .description('Continuum on this machine, and for its operators')
  .showHelpAfterError()

program
  .command('start')
  .description('start everything here, feed packages and show their way to publication')
  .argument('[packages...]', 'packages (zip) to feed; without any, the sample article')
  .option('--automatic', 'publish what this start feeds without waiting for a person', false)
  .option(
    '--once',
    'leave when all that was fed is published and done (exit 0), or something has failed (exit 1)',
    false,
  )
  .option('--fresh', 'forget all earlier state first', false)
  .option('--watch', 'restart what a change of the code touches', false)
  .option('--json', 'print one JSON line an article at its end, and nothing else', false)
  .option(...dataOption)
  .action(
    async (
      files: string[],
      options: { automatic: boolean; once: boolean; fresh: boolean; watch: boolean; json: boolean; data: string },
    ) => {
      const settings = readSettings(StartSettings, process.env)
      // The SDK's clients of this process read the same variables as those of the services.
      Object.assign(process.env, awsVariables(settings))
      process.exitCode = await start({ ...options, files, base }, settings)
    },
  )

program
  .command('status')
  .description(
    'addresses, how each process is when it is asked, and what each article is doing; exits 1 where one is not well',
  )
  .option('--json', 'as JSON', false)
  .option(...dataOption)
  .action(async (options: { json: boolean; data: string }) => {
    const status = await environmentStatus(options.data, base)
    console.log(options.json ? JSON.stringify(status) : statusText(status, Date.now()))
    if (status.processes.some(({ state }) => state !== 'ok')) process.exitCode = 1
  })

program
  .command('sign-in')
  .description("print a link that signs you in to the local environment's dashboard, once")
  .option(...dataOption)
  .action((options: { data: string }) => {
    const { running, data } = runningOn(options.data, base)
    console.log(signInLink(running.addresses['dashboard'] ?? '', secretsOf(data)['sign-in-secret']))
  })

program
  .command('provision')
  .description(
    "make an environment's buckets, queues and SWF domain with the AWS credentials of this shell; safe to repeat",
  )
  .option('--env <name>', 'the environment', 'local')
  .action((options: { env: string }) => provisionEnvironment(options.env, (line) => console.log(line)))

environmentCommands(program, base, dataOption)
executionCommands(program, base, dataOption)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof SettingsError || error instanceof EnvironmentError) console.error(error.message)
  else if (error instanceof Refusal || process.env['LOG_LEVEL'] !== 'debug') console.error(oneLine(error))
  else console.error(error)
  process.exitCode = 1
}
process.exit()
