import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DeploymentError, type Order } from './order.ts'
import { targetsOf } from './targets.ts'

const infra = fileURLToPath(new URL('..', import.meta.url))

/**
 * Deploys an app: sets its tag in the stack's configuration, then runs `pulumi up` for its processes only. If that fails (ECS has
 * rolled the service back) it restores the configuration, so that a later `pulumi up` does not try again.
 *
 * @returns the exit code of Pulumi
 * @throws DeploymentError if the Pulumi CLI is missing, or the stack was never created
 */
export async function deploy({ app, stack, tag, preview }: Order): Promise<number> {
  const key = `tag-${app}`
  const config = (...args: string[]) => ask(['config', '--stack', stack, '--cwd', infra, ...args])
  // A fresh checkout has no configuration: take that of the last deployment.
  if (!existsSync(join(infra, `Pulumi.${stack}.yaml`))) await config('refresh')
  const before = valueOf(await config('--json'), `continuum:${key}`)
  const restore = () => (before === undefined ? config('rm', key) : config('set', key, before))

  await config('set', key, tag)
  const targets = targetsOf(stack, app).flatMap((target) => ['--target', target])
  const command = preview ? ['preview', '--diff'] : ['up', '--yes', '--skip-preview']
  const code = await run([...command, '--stack', stack, '--cwd', infra, ...targets])
  if (preview || code !== 0) await restore()
  return code
}

/** A value of `pulumi config --json`. */
function valueOf(json: string, key: string): string | undefined {
  const known: unknown = JSON.parse(json)
  const value: unknown = Reflect.get(Object(Reflect.get(Object(known), key)), 'value')
  return typeof value === 'string' ? value : undefined
}

async function ask(args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)('pulumi', args)).stdout
  } catch (error) {
    throw missingCli(error) ?? new DeploymentError(`pulumi ${args.join(' ')}:\n${String(Object(error).stderr).trim()}`)
  }
}

function run(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('pulumi', args, { stdio: 'inherit' })
    child.once('error', (error) => reject(missingCli(error) ?? error))
    child.once('close', (code) => resolve(code ?? 1))
  })
}

const missingCli = (error: unknown) =>
  Object(error).code === 'ENOENT'
    ? new DeploymentError(
        'The Pulumi CLI (`pulumi`) is not on the PATH. Install it: https://www.pulumi.com/docs/iac/download-install/',
      )
    : undefined
