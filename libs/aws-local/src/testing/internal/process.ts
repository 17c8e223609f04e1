import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aws-local-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Runs the command as a process that ends with the test at the latest. */
export async function runCommand(
  ...options: string[]
): Promise<{ url: string; child: ChildProcess; kill9: () => Promise<void> }> {
  const main = new URL('../../main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [main, '--port', '0', ...options], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line]: string[] = await once(createInterface(child.stdout), 'line')
  const url = line?.match(/^ready (http:\S+)$/)?.[1]
  if (url === undefined) throw new Error(`The command said: ${line}`)
  return {
    url,
    child,
    async kill9() {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}
