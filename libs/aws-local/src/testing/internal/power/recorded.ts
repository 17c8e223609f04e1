import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../process.ts'
import { parseTrace, tracedCalls, type TracedCall } from './trace.ts'

/** True if this machine has strace and lets it trace. */
export const canRecord = (): boolean => spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0

const main = new URL('../../../main.ts', import.meta.url).pathname

/** The server as a process whose system calls are recorded. */
export async function recordAwsLocal(
  data: string,
): Promise<{ readonly url: string; readonly end: () => Promise<TracedCall[]> }> {
  const trace = join(temporaryFolder(), 'trace')
  const strace = ['-f', '-y', '-xx', '-s', '4000000', '-o', trace, '-e', `trace=${tracedCalls}`, '-e', 'signal=none']
  const child = spawn(
    'strace',
    [...strace, process.execPath, main, '--port', '0', '--data', data, '--stop-with-parent'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = await once(createInterface(child.stdout), 'line')
  return {
    url: String(line).replace('ready ', ''),
    async end() {
      child.stdin.end()
      await once(child, 'exit')
      return parseTrace(readFileSync(trace, 'latin1'), data)
    },
  }
}
