import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DeploymentError } from './order.ts'

const infra = fileURLToPath(new URL('..', import.meta.url))

/** The Pulumi CLI on one stack. */
export interface PulumiStack {
  /** Runs `pulumi config` and returns what it prints. @throws DeploymentError if it fails */
  readonly config: (...args: string[]) => Promise<string>
  /** Runs another command and shows its output. @returns its exit code */
  readonly run: (...args: string[]) => Promise<number>
}

/**
 * Opens a stack. A fresh checkout has no configuration: it takes that of the last deployment.
 *
 * @throws DeploymentError if the Pulumi CLI is missing, or the stack was never created
 */
export async function openStack(stack: string): Promise<PulumiStack> {
  const at = ['--stack', stack, '--cwd', infra]
  const config = (...args: string[]) => ask(['config', ...at, ...args])
  if (!existsSync(join(infra, `Pulumi.${stack}.yaml`))) await config('refresh')
  return { config, run: (...args) => show([...args, ...at]) }
}

async function ask(args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)('pulumi', args)).stdout
  } catch (error) {
    throw missingCli(error) ?? new DeploymentError(`pulumi ${args.join(' ')}:\n${String(Object(error).stderr).trim()}`)
  }
}

function show(args: readonly string[]): Promise<number> {
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
