import { Command } from 'commander'
import { EnvironmentError } from '@continuum/environments'
import { readSettings, SettingsError } from '@continuum/service'
import { awsKeyOf, openDataDirectory, secretsOf } from './local/data-directory.ts'
import { articleCommands } from './articles/commands.ts'
import { dashboardCommands } from './dashboard/commands.ts'
import { deliver } from './publishing/deliver.ts'
import { deliveryCommands } from './publishing/deliver-commands.ts'
import { environmentCommands } from './environments/commands.ts'
import { costCommand } from './environments/cost-command.ts'
import { depositCommands, mailCommands } from './deposits/commands.ts'
import { executionCommands } from './executions/commands.ts'
import { StartSettings } from './local/settings.ts'
import { reconcile, reconcileLines } from './reconcile/reconcile.ts'
import { localAwsVariables } from './local/running-aws.ts'
import { awsVariables } from './local/aws-variables.ts'
import { provisionEnvironment } from './environments/provision.ts'
import { versionOfCheckout } from './local/version.ts'
import { completionCommands } from './completion/commands.ts'
import { publishingCommands } from './publishing/commands.ts'
import { companionCommands } from './operations/companion-commands.ts'
import { statusCommands } from './operations/status-commands.ts'
import { queueCommands } from './operations/queue-commands.ts'
import { oneLine } from './errors/one-line.ts'
import { UserError } from './errors/user-error.ts'
import { start } from './local/start.ts'
import { packageCommands } from './packages/commands.ts'
import { importCommands } from './importing/commands.ts'
import { siteCommands } from './site/commands.ts'
import { withdrawalCommands } from './withdrawal/commands.ts'
import { usageCommands } from './usage/commands.ts'
import { isRunningOn, runningOn } from './local/running.ts'

// npm runs scripts in the project's directory; relative paths mean the user's directory.
const base = process.env['INIT_CWD'] ?? process.cwd()
const dataOption = ['--data <folder>', 'directory for the state of the environment', '.continuum'] as const

// The reader of our output is gone (`| head`): stop everything in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.kill(process.pid, 'SIGTERM'))

const program = new Command('continuum')
  .description('Run Continuum on this machine, and operate its environments')
  .version(versionOfCheckout())
  .showHelpAfterError()

program
  .command('start')
  .description('start everything on this machine, feed packages and show their way to publication')
  .argument('[packages...]', 'packages (zip) to feed; the sample article if none is named')
  .option('--automatic', 'publish these packages without waiting for a person', false)
  .option(
    '--once',
    'exit when every package is published and the deposits that are due at once have ended (exit code 0) or something failed (1)',
    false,
  )
  .option('--with-scheduled', 'send the deposits that have an hour at once, too', false)
  .option('--fresh', 'forget all earlier state first', false)
  .option('--separate', 'run each service in a process of its own, not all but the worker in one', false)
  .option('--watch', 'restart what a change of the code touches; implies --separate', false)
  .option('--json', 'print one JSON line per article when it is done, and nothing else', false)
  .option(...dataOption)
  .action(
    async (
      files: string[],
      options: {
        automatic: boolean
        once: boolean
        withScheduled: boolean
        fresh: boolean
        separate: boolean
        watch: boolean
        json: boolean
        data: string
      },
    ) => {
      if (files.length > 0 && isRunningOn(options.data, base)) {
        console.error('Continuum runs already: the packages are delivered to it.')
        process.exitCode = await deliver({ ...options, files, base, env: 'local' })
        return
      }
      const read = readSettings(StartSettings, process.env)
      const withScheduled = options.withScheduled || read.DEPOSITS_WITH_SCHEDULED
      const settings = { ...read, DEPOSITS_WITH_SCHEDULED: withScheduled }
      // The SDK's clients of this process read the same variables as those of the services.
      Object.assign(
        process.env,
        awsVariables(settings, () => awsKeyOf(openDataDirectory(options.data, base))),
      )
      process.exitCode = await start({ ...options, withScheduled, files, base }, settings)
    },
  )

program
  .command('reconcile')
  .description(
    'compare lax, site, CDN, archive, dashboard and SWF of the running local environment; exits 1 if they differ',
  )
  .option('--heal', 'publish again what differs', false)
  .option('--json', 'print JSON', false)
  .option(...dataOption)
  .action(async (options: { heal: boolean; json: boolean; data: string }) => {
    const on = runningOn(options.data, base)
    Object.assign(process.env, localAwsVariables(options.data, base))
    const found = await reconcile(on.running.addresses, secretsOf(on.data)['dashboard-token'], options)
    console.log(options.json ? JSON.stringify(found) : reconcileLines(found, options.heal).join('\n'))
    if (found.versions.length + found.executions.length > 0) process.exitCode = 1
  })

program
  .command('provision')
  .description(
    "create an environment's buckets, queues and SWF domain with the AWS credentials of this shell; safe to repeat",
  )
  .option('--env <name>', 'the environment', 'local')
  .action((options: { env: string }) => provisionEnvironment(options.env, (line) => console.log(line)))

deliveryCommands(program, base, dataOption)
statusCommands(program, environmentCommands(program, base, dataOption), base, dataOption)
costCommand(program)
dashboardCommands(program, base, dataOption)
executionCommands(program, base, dataOption)
packageCommands(program, base)
usageCommands(program, base, dataOption)
withdrawalCommands(program, base, dataOption)
siteCommands(program, base, dataOption)
importCommands(program, base, dataOption)
depositCommands(program, base, dataOption)
mailCommands(program, base, dataOption)
articleCommands(program, base, dataOption)
publishingCommands(program, base, dataOption)
queueCommands(program, base, dataOption)
companionCommands(program, base, dataOption)
completionCommands(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof SettingsError || error instanceof EnvironmentError || error instanceof UserError)
    console.error(error.message)
  else if (process.env['LOG_LEVEL'] !== 'debug') console.error(oneLine(error))
  else console.error(error)
  process.exitCode = 1
}
process.exit()
