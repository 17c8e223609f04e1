import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DeploymentError } from './command.ts'
import { latestSuccess, readHistory } from './history.ts'
import { checkUpToDate, restoreImages } from './tags.ts'

const infra = fileURLToPath(new URL('..', import.meta.url))

/** The Pulumi CLI on one stack. */
export interface PulumiStack {
  readonly name: string
  /** Runs a command and returns what it prints. @throws DeploymentError if it fails */
  readonly ask: (...args: string[]) => Promise<string>
  /** Runs a command and returns what it prints and its exit code, which may be any. */
  readonly attempt: (...args: string[]) => Promise<{ code: number; out: string; err: string }>
  /** Runs a command and shows its output. @returns its exit code */
  readonly run: (...args: string[]) => Promise<number>
}

/**
 * Opens a stack. A fresh checkout has no configuration: it takes that of the last deployment, with the images of the last one that
 * succeeded.
 *
 * @throws DeploymentError if the Pulumi CLI is missing, the stack was never created, or its configuration here is an older one
 */
export async function openStack(name: string): Promise<PulumiStack> {
  const at = ['--stack', name, '--cwd', infra]
  const attempt = (...args: string[]) => runQuietly([...args, ...at])
  const ask = async (...args: string[]) => {
    const { code, out, err } = await attempt(...args)
    if (code !== 0) throw new DeploymentError(`pulumi ${[...args, ...at].join(' ')}:\n${err.trim()}`)
    return out
  }
  const stack = { name, ask, attempt, run: (...args: string[]) => show([...args, ...at]) }
  const fresh = !existsSync(join(infra, `Pulumi.${name}.yaml`))
  if (fresh) await ask('config', 'refresh')
  const history = await readHistory(stack)
  const last = latestSuccess(history)
  if (fresh && history[0]?.result === 'failed') await restoreImages(stack, last?.config ?? {})
  if (!fresh && last !== undefined) await checkUpToDate(stack, last.config)
  return stack
}

/** The most that a command may print: a preview of hundreds of resources as JSON has megabytes. */
const maxBuffer = 256 * 1024 * 1024

async function runQuietly(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)('pulumi', args, { maxBuffer })
    return { code: 0, out: stdout, err: stderr }
  } catch (error) {
    const { code, stdout, stderr } = Object(error)
    if (typeof code !== 'number') throw missingCli(error) ?? error
    return { code, out: String(stdout), err: String(stderr) }
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
