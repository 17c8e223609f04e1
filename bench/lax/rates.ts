import { latencies, type Latencies } from '../constant/load.ts'
import type { System } from './system.ts'

/**
 * Sends requests at fixed rates whatever comes back, and prints the latencies that half of them and all but a hundredth stay below, beside
 * those of a constant of the same size at the same rate.
 */
export async function loadAtRates({ lax, constant }: System, rates: readonly number[], seconds: number): Promise<void> {
  for (const [name, path] of [
    ['article, PoA', '/00001'],
    ['article, VoR', '/00002'],
    ['list of 20', '?per-page=20'],
  ] as const) {
    const url = `${lax.url}/api/v2/articles${path}`
    const size = (await (await fetch(url)).arrayBuffer()).byteLength
    for (const rate of rates) {
      const ours = await latencies({ url }, rate, seconds * 1000)
      const bare = await latencies({ url: `${constant.url}/constant/${size}` }, rate, seconds * 1000)
      const ratios = `ratios ${(bare.p50 / ours.p50).toFixed(2)} and ${(bare.p99 / ours.p99).toFixed(2)}`
      console.log(
        `${name.padEnd(14)} at ${String(rate).padStart(4)}/s  ${text(ours)}  constant ${text(bare)}  ${ratios}`,
      )
    }
  }
}

function text({ p50, p99, late }: Latencies): string {
  return `p50 ${p50.toFixed(1)} ms p99 ${p99.toFixed(1)} ms${late > 0 ? ` (${late} late)` : ''}`
}
