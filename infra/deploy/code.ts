import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DeploymentError } from './command.ts'
import { latestWhole, readHistory } from './history.ts'
import type { PulumiStack } from './pulumi-cli.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The commit of this checkout. @throws DeploymentError if it is none of git */
export async function checkedOut(): Promise<string> {
  try {
    return (await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: root })).stdout.trim()
  } catch {
    throw new DeploymentError('This folder is no checkout of git, so nobody knows which code it is')
  }
}

/**
 * The commit whose code a stack runs: that of the last deployment of the whole stack that succeeded.
 *
 * @throws DeploymentError if nobody knows it
 */
export async function codeThatRuns(stack: Pick<PulumiStack, 'ask' | 'name'>): Promise<string> {
  const commit = latestWhole(await readHistory(stack))?.commit
  if (commit !== undefined) return commit
  throw new DeploymentError(
    `Nobody knows which code ${stack.name} runs: no deployment of the whole stack was made from a checkout of git`,
  )
}

/** Refuses to work with code other than that which a stack runs. @throws DeploymentError */
export function checkCode(stack: string, commit: string, checkout: string): void {
  if (commit !== checkout)
    throw new DeploymentError(
      `${stack} runs the code of ${commit}, and this checkout is ${checkout}: git switch --detach ${commit}`,
    )
}
