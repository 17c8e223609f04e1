import { environmentNames, loadEnvironment, processNames, sourcedEnvironment } from '@continuum/environments'
import { readSettings } from '@continuum/service'
import type { Command } from 'commander'
import { openDataDirectory } from '../local/data-directory.ts'
import { localInfrastructure, StartSettings } from '../local/settings.ts'
import { UserError } from '../errors/user-error.ts'
import { explainAwsErrors } from '../errors/aws-error.ts'
import { awsLogs } from './aws-logs.ts'
import { configText, processConfig, processConfigText, parseProcessName, valuesOf } from './config.ts'
import { deployedConfig } from './deployed-config.ts'
import { execInTask } from './exec.ts'
import { listText, summaryOf } from './list.ts'
import { localLogs, loggedProcesses } from './local-logs.ts'
import { formatLogLine } from './log-line.ts'
import { parseSince } from './since.ts'

const local = 'local'

/**
 * `continuum config` and `continuum env ...`: what an environment is, what it says, a shell in it.
 *
 * @returns the command `env`, for more of it
 */
export function environmentCommands(
  program: Command,
  base: string,
  dataOption: readonly [string, string, string],
): Command {
  const environments = program.command('env').description('inspect environments: settings, status, logs')
  for (const parent of [program, environments]) configCommand(parent)

  environments
    .command('list')
    .description('list all environments with region, prefix and dashboard address')
    .option('--json', 'as JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      const all = await Promise.all(
        (await environmentNames()).map((name) =>
          loadEnvironment(name).catch((error: unknown) => ({ name, problem: String(error) })),
        ),
      )
      if (json) console.log(JSON.stringify(all.map((each) => ('problem' in each ? each : summaryOf(each)))))
      else console.log(listText(all))
    })

  environments
    .command('logs')
    .description('print the logs of the processes, oldest first')
    .option('--env <name>', 'the environment', local)
    .option('--service <process...>', `processes to print; default: all (${processNames.join(', ')})`)
    .option('--since <moment>', '30s, 10m, 2h, 1d ago, or an instant such as 2026-11-28T09:00:00Z', '10m')
    .option('--follow', 'keep printing new lines until Ctrl-C', false)
    .option('--json', 'print the JSON lines as they were written', false)
    .option(...dataOption)
    .action(
      async (options: {
        env: string
        service?: string[]
        since: string
        follow: boolean
        json: boolean
        data: string
      }) => {
        const environment = await loadEnvironment(options.env)
        const stop = new AbortController()
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
        const since = parseSince(options.since, Date.now())
        const reading = { since, follow: options.follow, every: 2000, signal: stop.signal }
        const print = async (lines: AsyncIterable<Parameters<typeof formatLogLine>[0]>) => {
          for await (const line of lines) console.log(options.json ? line.text : formatLogLine(line))
        }
        if (environment.name !== local) {
          const asked = options.service?.map(parseProcessName) ?? processNames
          return explainAwsErrors(environment.region, () => print(awsLogs(environment, asked, reading)))
        }
        const data = openDataDirectory(options.data, base)
        return print(localLogs(data, options.service ?? loggedProcesses(data), { ...reading, every: 500 }))
      },
    )

  environments
    .command('exec')
    .description('open a shell in a running task of a process in AWS')
    .requiredOption('--env <name>', 'the environment')
    .requiredOption('--service <process>', 'the process')
    .option('--command <command>', 'the command to run', '/bin/sh')
    .action(async (options: { env: string; service: string; command: string }) => {
      const environment = await loadEnvironment(options.env)
      if (environment.name === local)
        throw new UserError('The processes of the environment local run on this machine: use this shell.')
      const service = parseProcessName(options.service)
      process.exitCode = await explainAwsErrors(environment.region, () =>
        execInTask(environment, service, options.command),
      )
    })
  return environments
}

function configCommand(parent: Command): void {
  parent
    .command('config')
    .description('print an environment with the file that each value comes from, or the configuration of one process')
    .option('--env <name>', 'the environment', local)
    .option('--service <process>', 'print only the variables and secret names of this process')
    .option('--deployed', 'with --service: print those of the tasks running in AWS now', false)
    .option('--json', 'as JSON', false)
    .action(async (options: { env: string; service?: string; deployed: boolean; json: boolean }) => {
      const sourced = await sourcedEnvironment(options.env)
      const { environment } = sourced
      if (options.service === undefined) {
        if (options.deployed) throw new UserError('--deployed needs --service PROCESS')
        console.log(options.json ? JSON.stringify(valuesOf(sourced)) : configText(sourced))
        return
      }
      const service = parseProcessName(options.service)
      if (options.deployed && environment.name === local)
        throw new UserError('The environment local is not deployed: it runs on this machine.')
      const infrastructure =
        environment.name === local
          ? localInfrastructure(environment, readSettings(StartSettings, process.env))
          : undefined
      const config = options.deployed
        ? await explainAwsErrors(environment.region, () => deployedConfig(service, environment))
        : processConfig(service, environment, infrastructure)
      console.log(options.json ? JSON.stringify(config) : processConfigText(config))
    })
}
