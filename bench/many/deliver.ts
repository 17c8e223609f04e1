import { setTimeout as pause } from 'node:timers/promises'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Environment } from './environment.ts'
import { smallPackage } from './small-package.ts'

/** The outcome of packages that were delivered together. */
export interface Delivered {
  readonly articles: number
  /** Seconds from the first put until the first article was public. */
  readonly firstPublic: number
  /** Seconds until all were public and the dashboard said so. */
  readonly allTold: number
  /** The oldest that the newest event on the dashboard was while they were under way, in seconds. */
  readonly oldestEvent: number
  /** Processor time of each process, in ms. */
  readonly cpu: ReadonlyMap<string, number>
}

interface Progress {
  readonly published: number
  readonly told: number
  /** Seconds since the newest event that the dashboard has. */
  readonly age: number
}

const bucket = 'local-continuum-production-final'
/** A pipeline that makes no progress for so long is stuck. */
const patienceMs = 300_000

/** Delivers packages at once, to be published without a person, and follows them to their end. */
export async function deliver(environment: Environment, ids: readonly string[]): Promise<Delivered> {
  const packages = await Promise.all(ids.map(async (id) => [id, await smallPackage(id)] as const))
  const before = environment.cpu()
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  const waiting = packages.values()
  const delivering = Promise.all(
    Array.from({ length: 16 }, async () => {
      for (const [id, Body] of waiting) {
        const Key = `elife-${id}-vor-r1.zip`
        const Metadata = { publication: 'automatic' }
        await environment.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, Metadata }))
      }
    }),
  )
  let firstPublic: number | undefined
  let oldestEvent = 0
  let last = { told: 0, at: performance.now() }
  for (;;) {
    const { published, told, age } = await progressOf(environment, ids)
    if (published > 0) firstPublic ??= seconds()
    if (told < ids.length && published > 0) oldestEvent = Math.max(oldestEvent, age)
    if (told === ids.length) break
    if (told > last.told) last = { told, at: performance.now() }
    if (performance.now() - last.at > patienceMs)
      throw new Error(`only ${told} of ${ids.length} articles are published`)
    await pause(ids.length > 1 ? 200 : 20)
  }
  const allTold = seconds()
  await delivering
  const after = environment.cpu()
  const cpu = new Map([...after].map(([name, used]) => [name, used - (before.get(name) ?? 0)]))
  return { articles: ids.length, firstPublic: firstPublic ?? allTold, allTold, oldestEvent, cpu }
}

async function progressOf({ sql }: Environment, ids: readonly string[]): Promise<Progress> {
  const [row] = await sql<Progress[]>`
    select (select count(*)::int from lax.content where stage = 'published' and article = any(${ids.map(Number)})) as published,
      (select count(*)::int from dashboard.article where published_at is not null and id = any(${[...ids]})) as told,
      coalesce(extract(epoch from clock_timestamp() - (select sent from dashboard.message order by sequence desc limit 1))::float, 0) as age`
  if (row === undefined) throw new Error('PostgreSQL says nothing')
  return row
}
