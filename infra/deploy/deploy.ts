import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DeploymentRefused, type Order } from './order.ts'
import { targetsOf } from './targets.ts'

const infra = fileURLToPath(new URL('..', import.meta.url))

/**
 * Rolls an app: its tag in the stack's configuration, then `pulumi up` of its processes alone. Where that fails (ECS has taken the
 * service back to what ran before) the configuration says again what it said, so that a later `pulumi up` does not try once more.
 *
 * @returns the exit code of Pulumi
 * @throws DeploymentRefused where Pulumi is not there, or the stack was never made
 */
export async function deploy({ app, stack, tag, preview }: Order): Promise<number> {
  const key = `tag-${app}`
  const config = (...args: string[]) => ask(['config', '--stack', stack, '--cwd', infra, ...args])
  // A fresh checkout has no configuration: then it is what the last deployment was made with.
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
    throw notThere(error) ?? new DeploymentRefused(`pulumi ${args.join(' ')}:\n${String(Object(error).stderr).trim()}`)
  }
}

function run(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('pulumi', args, { stdio: 'inherit' })
    child.once('error', (error) => reject(notThere(error) ?? error))
    child.once('close', (code) => resolve(code ?? 1))
  })
}

const notThere = (error: unknown) =>
  Object(error).code === 'ENOENT'
    ? new DeploymentRefused('This needs the Pulumi CLI (`pulumi`): https://www.pulumi.com/docs/iac/download-install/')
    : undefined
