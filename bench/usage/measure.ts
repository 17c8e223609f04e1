import { readFileSync } from 'node:fs'

/** Reads pages of the site, one after the other with a pause, until it is told to stop. */
export async function timesOfPages(site: string, articles: number, signal: AbortSignal): Promise<number[]> {
  const times: number[] = []
  for (let page = 0; !signal.aborted || times.length < 20; page++) {
    const began = performance.now()
    const answer = await fetch(`${site}/articles/${String((page % articles) + 1).padStart(5, '0')}`)
    await answer.text()
    if (answer.status !== 200) throw new Error(`the site answered ${answer.status}`)
    times.push(performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return times
}

/** Returns the time that a quarter of the requests keeps: what else the machine does makes others slower, and none faster. */
export function quarter(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 4)] ?? Infinity
}

/** Reads the most memory that a process ever had, in bytes. */
export function peakMemory(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}
