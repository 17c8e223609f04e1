import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { median } from './constant/budgets.ts'
import type { Environment } from './many/environment.ts'

/** The time that one passage took. */
interface Spent {
  readonly seconds: number
  /** Processor time of all processes that took part, in seconds. */
  readonly cpu: number
}

/** The bare work and the pipeline's passage of the same package, medians of some rounds. */
export interface Compared {
  readonly bare: Spent
  readonly whole: Spent
  /** Processor time of each process in the last round, in seconds. */
  readonly parts: ReadonlyMap<string, number>
}

/**
 * Compares a package's passage through an environment that runs, from its put to "ready to publish", with the bare work; alternating, so
 * that both meet the same machine.
 * @param environment without work of its own
 */
export async function compareWarm(environment: Environment, file: string, rounds: number): Promise<Compared> {
  const item = readFileSync(file)
  const bare: Spent[] = []
  const whole: Spent[] = []
  let parts: ReadonlyMap<string, number> = new Map()
  // What is loaded and compiled at first use belongs to no round.
  await pass(environment, item)
  for (let round = 0; round < rounds; round++) {
    bare.push(bareWork(file))
    const before = environment.cpu()
    whole.push(await pass(environment, item))
    parts = new Map([...environment.cpu()].map(([name, ms]) => [name, (ms - (before.get(name) ?? 0)) / 1000]))
  }
  return { bare: middle(bare), whole: middle(whole), parts }
}

function bareWork(file: string): Spent {
  const script = fileURLToPath(new URL('bare-work.ts', import.meta.url))
  const [seconds, cpu] = execFileSync(process.execPath, [script, file], { encoding: 'utf8' }).split(' ')
  return { seconds: Number(seconds), cpu: Number(cpu) }
}

/** A package named with a version always runs; the same files again under another name would make none. */
const key = 'elife-04970-vor-v1-20150101000000.zip'

async function pass({ s3, sql, cpu }: Environment, Body: Buffer): Promise<Spent> {
  const used = () => [...cpu().values()].reduce((sum, each) => sum + each, 0) / 1000
  const [before, began] = [used(), Date.now()]
  await s3.send(new PutObjectCommand({ Bucket: 'local-continuum-production-final', Key: key, Body }))
  for (;;) {
    const [ended] = await sql<{ at: Date; event: string; status: string }[]>`
      select sent as at, body->>'event_type' as event, body->>'status' as status from dashboard.message
      where article = '04970' and sent > ${new Date(began)}
        and (body->>'status' = 'error' or (body->>'event_type' = 'Ready To Publish' and body->>'status' = 'end'))`
    if (ended?.status === 'error') throw new Error(`${ended.event} failed`)
    if (ended !== undefined) return { seconds: (ended.at.getTime() - began) / 1000, cpu: used() - before }
    await pause(50)
  }
}

function middle(of: readonly Spent[]): Spent {
  return { seconds: median(of.map(({ seconds }) => seconds)), cpu: median(of.map(({ cpu }) => cpu)) }
}
