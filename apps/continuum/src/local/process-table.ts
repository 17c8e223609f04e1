import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** A process of this machine. */
export interface ProcessEntry {
  readonly command: string
  /** Memory that it holds, in bytes. */
  readonly memory: number
}

/** Looks a process up by its number; undefined where there is none (a zombie is none). Reads /proc, or asks `ps` where there is no /proc. */
export function processEntry(pid: number): ProcessEntry | undefined {
  return existsSync('/proc/self/status') ? fromProc(pid) : fromPs(pid)
}

function fromProc(pid: number): ProcessEntry | undefined {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return command === '' || kilobytes === undefined ? undefined : { command, memory: Number(kilobytes) * 1024 }
  } catch {
    return undefined
  }
}

function fromPs(pid: number): ProcessEntry | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,rss=,command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [, stat, kilobytes, command] = /^\s*(\S+)\s+(\d+)\s+(.*)/.exec(line) ?? []
    return command === undefined || stat?.startsWith('Z') ? undefined : { command, memory: Number(kilobytes) * 1024 }
  } catch {
    return undefined
  }
}
