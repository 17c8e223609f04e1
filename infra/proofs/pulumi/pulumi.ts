import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pulumiFolder } from './cli/cli.ts'

/** The result of a command. */
export interface Ran {
  code: number
  /** Its standard output and standard error. */
  said: string
  seconds: number
}

/** Runs a command as an operator types it, in the `infra` folder of a checkout, on the genuine Pulumi CLI. */
export type Type = (command: string) => Promise<Ran>

/** The folder in which the AWS stand-in keeps resources. */
export const storeOf = (checkout: string): string => join(checkout, 'store')

/**
 * Creates a shell with the Pulumi CLI, the stand-ins on its PATH, state in files, and AWS at `awsUrl`. Nothing in it reaches the
 * network.
 *
 * @param own the name of its state; shells with different names share nothing
 * @param more variables of its own
 */
export async function newShell(
  checkout: string,
  awsUrl: string,
  { own = 'state', more = {} }: { own?: string; more?: Readonly<Record<string, string>> } = {},
): Promise<Type> {
  const state = join(checkout, own)
  mkdirSync(state)
  const bin = fileURLToPath(new URL('bin', import.meta.url))
  const env = {
    HOME: checkout,
    // The Node that runs this, which runs TypeScript as it is.
    PATH: [bin, await pulumiFolder(), join(process.execPath, '..'), process.env['PATH']].join(delimiter),
    PULUMI_HOME: join(checkout, 'pulumi-home'),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: 'proof',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    STAND_IN_STORE: storeOf(checkout),
    NO_COLOR: '1',
    ...more,
  }
  return async (command) => {
    const began = performance.now()
    const child = spawn('sh', ['-e', '-c', command], {
      cwd: join(checkout, 'infra'),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes))
    const [code] = await once(child, 'close')
    return { code, said, seconds: (performance.now() - began) / 1000 }
  }
}
