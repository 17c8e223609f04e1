import { environmentNames, loadEnvironment, processNames, sourcedEnvironment } from '@continuum/environments'
import { readSettings } from '@continuum/service'
import type { Command } from 'commander'
import { openDataFolder } from '../local/data-directory.ts'
import { localGround, StartSettings } from '../local/settings.ts'
import { Refusal } from '../errors/user-error.ts'
import { environmentStatus, statusText } from '../local/status.ts'
import { askingAws } from '../errors/aws-error.ts'
import { awsLogs } from './aws-logs.ts'
import { awsStatus } from './aws-status.ts'
import { awsStatusText } from './aws-status-text.ts'
import { configText, processConfig, processConfigText, processNamed, valuesOf } from './config.ts'
import { deployedConfig } from './deployed-config.ts'
import { execInTask } from './exec.ts'
import { listText, summaryOf } from './list.ts'
import { localLogs, loggedProcesses } from './local-logs.ts'
import { logLineInWords } from './log-line.ts'
import { momentOf } from './since.ts'

const local = 'local'

/** `continuum config` and `continuum env ...`: what an environment is, what runs in it, what it says, a shell in it. */
export function environmentCommands(
  program: Command,
  base: string,
  dataOption: readonly [string, string, string],
): void {
  const environments = program.command('env').description('the environments: what they are, what runs in them')
  for (const parent of [program, environments]) configCommand(parent)

  environments
    .command('list')
    .description('all environments, with region, prefix and where their dashboard is')
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
    .command('status')
    .description('what runs: processes, queues with their dead letters, open executions')
    .option('--env <name>', 'the environment', local)
    .option('--json', 'as JSON', false)
    .option(...dataOption)
    .action(async (options: { env: string; json: boolean; data: string }) => {
      const environment = await loadEnvironment(options.env)
      const [status, text] =
        environment.name === local
          ? await environmentStatus(options.data, base).then((own) => [own, statusText(own, Date.now())] as const)
          : await askingAws(environment.region, () => awsStatus(environment)).then(
              (theirs) => [theirs, awsStatusText(theirs)] as const,
            )
      console.log(options.json ? JSON.stringify(status) : text)
    })

  environments
    .command('logs')
    .description('what the processes have written, oldest first')
    .option('--env <name>', 'the environment', local)
    .option('--service <process...>', `which; all where absent (${processNames.join(', ')})`)
    .option('--since <moment>', '30s, 10m, 2h, 1d ago, or an instant such as 2026-11-28T09:00:00Z', '10m')
    .option('--follow', 'then go on with what they write, until Ctrl-C', false)
    .option('--json', 'the lines as they were written', false)
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
        const since = momentOf(options.since, Date.now())
        const reading = { since, follow: options.follow, every: 2000, signal: stop.signal }
        const print = async (lines: AsyncIterable<Parameters<typeof logLineInWords>[0]>) => {
          for await (const line of lines) console.log(options.json ? line.text : logLineInWords(line))
        }
        if (environment.name !== local) {
          const asked = options.service?.map(processNamed) ?? processNames
          return askingAws(environment.region, () => print(awsLogs(environment, asked, reading)))
        }
        const data = openDataFolder(options.data, base)
        return print(localLogs(data, options.service ?? loggedProcesses(data), { ...reading, every: 500 }))
      },
    )

  environments
    .command('exec')
    .description('a shell in a running task of a process in AWS')
    .requiredOption('--env <name>', 'the environment')
    .requiredOption('--service <process>', 'the process')
    .option('--command <command>', 'what to run there', '/bin/sh')
    .action(async (options: { env: string; service: string; command: string }) => {
      const environment = await loadEnvironment(options.env)
      if (environment.name === local)
        throw new Refusal('The processes of local run on this machine: this shell is in it already.')
      const service = processNamed(options.service)
      process.exitCode = await askingAws(environment.region, () => execInTask(environment, service, options.command))
    })
}

function configCommand(parent: Command): void {
  parent
    .command('config')
    .description('what an environment is, with the file that each value is from; or what one process is started with')
    .option('--env <name>', 'the environment', local)
    .option('--service <process>', 'the variables and secret names of this process alone')
    .option('--deployed', 'with --service: those of the tasks that run in AWS now', false)
    .option('--json', 'as JSON', false)
    .action(async (options: { env: string; service?: string; deployed: boolean; json: boolean }) => {
      const sourced = await sourcedEnvironment(options.env)
      const { environment } = sourced
      if (options.service === undefined) {
        if (options.deployed) throw new Refusal('--deployed needs --service: which process?')
        console.log(options.json ? JSON.stringify(valuesOf(sourced)) : configText(sourced))
        return
      }
      const service = processNamed(options.service)
      if (options.deployed && environment.name === local) throw new Refusal('local is not deployed: it runs here.')
      const ground =
        environment.name === local ? localGround(environment, readSettings(StartSettings, process.env)) : undefined
      const config = options.deployed
        ? await askingAws(environment.region, () => deployedConfig(service, environment))
        : processConfig(service, environment, ground)
      console.log(options.json ? JSON.stringify(config) : processConfigText(config))
    })
}
