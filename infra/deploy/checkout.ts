import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DeploymentError } from './command.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The commit of this checkout. @throws DeploymentError if it is none of git */
export async function checkedOut(): Promise<string> {
  try {
    return (await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: root })).stdout.trim()
  } catch {
    throw new DeploymentError('This folder is no checkout of git, so nobody knows which code it is')
  }
}
