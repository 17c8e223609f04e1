import { median } from './budgets.ts'
import { measureCost, type Cost } from './cost.ts'
import type { Target } from './load.ts'
import type { Server } from '../services.ts'

/** An address of a server, and a constant of the same size from the same Fastify. */
export interface Pair {
  readonly server: Server
  readonly target: Target
  readonly constant: Server
  readonly fixed: Target
  readonly status?: number
}

/**
 * Tells what a request costs a server, and what a constant costs the same Fastify. By the processor time of the server, which other work of
 * the machine leaves nearly as it is; in turns, so that what it does not leave meets both; the median of the rounds.
 *
 * @returns a line for people, and the share that the constant costs of it
 */
export async function compareWithConstant(
  name: string,
  { server, target, constant, fixed, status = 200 }: Pair,
  requests: number,
): Promise<{ line: string; share: number }> {
  const round = async () => ({
    ours: await measureCost(server, target, status, requests),
    bare: await measureCost(constant, fixed, status, requests),
  })
  await round()
  const measured: { ours: Cost; bare: Cost }[] = []
  for (let each = 0; each < rounds; each++) measured.push(await round())
  const share = median(measured.map(({ ours, bare }) => bare.cost / ours.cost))
  const [ours, bare] = [measured.map((one) => one.ours), measured.map((one) => one.bare)]
  return { line: `${name.padEnd(40)} ${text(ours)}  constant ${text(bare)}  ratio ${share.toFixed(2)}`, share }
}

const rounds = 7

function text(of: readonly Cost[]): string {
  const [perSecond, cost] = [median(of.map((one) => one.perSecond)), median(of.map((one) => one.cost))]
  return `${perSecond.toFixed(0).padStart(6)}/s ${cost.toFixed(3)} ms`
}
