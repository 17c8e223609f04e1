import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { loadEnvironment } from '@continuum/environments'
import { readSettings } from '@continuum/service'
import { execInTask } from '../environments/exec.ts'
import { explainAwsErrors } from '../errors/aws-error.ts'
import { secretsOf } from '../local/data-directory.ts'
import { databaseAddress, databaseUsers } from '../local/database-users.ts'
import { localAwsVariables } from '../local/running-aws.ts'
import { localEnvironment, StartSettings, variablesOf } from '../local/settings.ts'
import { runningOn } from '../local/running.ts'

/** The options of `continuum lax rebuild`. */
export interface RebuildOptions {
  readonly env: string
  readonly data: string
  readonly dryRun: boolean
  readonly json: boolean
}

/**
 * Runs the rebuild where the database and the archive are: in a task of the environment, or here.
 *
 * @param base the folder that `data` is relative to
 * @returns the exit code
 * @throws UserError where nothing runs
 */
export async function rebuild({ env, data: folder, dryRun, json }: RebuildOptions, base: string): Promise<number> {
  const script = 'apps/lax/src/rebuild/main.ts'
  const flags = [...(dryRun ? ['--dry-run'] : []), ...(json ? ['--json'] : [])]
  const environment = await loadEnvironment(env)
  if (environment.name !== 'local') {
    const line = ['node', script, ...flags].join(' ')
    return explainAwsErrors(environment.region, () => execInTask(environment, 'lax-adaptor', line))
  }
  const { data, running } = runningOn(folder, base)
  const settings = readSettings(StartSettings, process.env)
  const local = await localEnvironment(settings)
  const port = Number(new URL(running.processes.find(({ name }) => name === 'postgres')?.url ?? 'http://-').port)
  const secrets = secretsOf(data)
  const users = databaseUsers(secrets)
  await users.ensure(databaseAddress(settings, data, port))
  const variables = variablesOf('lax-adaptor', { environment: local, settings, secrets, databaseUrl: users.urlOf })
  const child = spawn(process.execPath, [fileURLToPath(new URL(`../../../../${script}`, import.meta.url)), ...flags], {
    stdio: 'inherit',
    env: { ...process.env, ...localAwsVariables(folder, base), ...variables, STOP_WITH_PARENT: 'false' },
  })
  const [code] = await once(child, 'close')
  return typeof code === 'number' ? code : 1
}
