import { randomUUID } from 'node:crypto'
import type { Sql } from '@continuum/service'
import type { StoredPackage } from './packages-before.ts'
import type { Start } from './start.ts'

/**
 * May a start be attempted? `started`: it was made before. `waits`: another one has its turn. `mine`: yes. `unsure`: yes, but an attempt
 * whose result nobody knows came before, so SWF must be asked first.
 */
export type Claim = 'started' | 'waits' | 'mine' | 'unsure'

/**
 * The starts of an environment, in PostgreSQL: what was started once is not started again, and those of one workflow id are started in
 * order, however many starters there are.
 */
export interface Starts {
  /** Notes a start whose message this starter holds. One received before may have been attempted by a starter that kept no notes. */
  note(start: Start, message: { receiveCount: number }): Promise<void>
  claim(start: Start): Promise<Claim>
  /** Is one of these packages on its way: in the bucket, and not received? It is so for two minutes after the start was received, at most. */
  isAhead(start: Start, packages: readonly StoredPackage[]): Promise<boolean>
  /** Its execution is started, durably. */
  started(start: Start): Promise<void>
  /** It was not started: another execution of its workflow id is open. */
  release(start: Start): Promise<void>
  /** It will never be started, or its message is a new one. */
  forget(start: Start): Promise<void>
  /** Its message is no longer held. */
  letGo(start: Start): void
  /** Says that the messages are still held; needed every few minutes. */
  hold(): Promise<void>
  /** Deletes what nobody asks for any more. */
  tidy(): Promise<void>
}

/** Creates the store of one starter. */
export function createStarts(sql: Sql): Starts {
  const me = randomUUID()
  const held = new Set<string>()
  return {
    async note({ once, workflowId, since, delivery }, { receiveCount }) {
      const before = receiveCount > 1 ? 'a starter before' : null
      await sql`
        insert into start (once, workflow_id, since, claimed_by, claimed_at)
        values (${once}, ${workflowId}, ${since.toString()}, ${before}, case when ${before !== null} then timestamptz '-infinity' end)
        on conflict (once) do update set held_at = now()`
      if (delivery) {
        const { bucket_name, file_name, file_etag } = delivery
        await sql`
          insert into delivery (file, etag) values (${`${bucket_name}/${file_name}`}, ${unquoted(file_etag)}) on conflict do nothing`
      }
      held.add(once)
    },
    async claim({ once }) {
      const [row] = await sql<{ started: boolean; unsure: boolean; claimed: boolean }[]>`
        with before as (
          select once, claimed_by, started_at from start where once = ${once} for update
        ), claimed as (
          update start set claimed_by = ${me}, claimed_at = now(), held_at = now()
          from before
          where start.once = before.once and before.started_at is null
            and (start.claimed_by is null or start.claimed_by = ${me} or start.claimed_at < now() - interval '1 minute')
            and not exists (
              select from start as other
              where other.workflow_id = start.workflow_id and other.started_at is null and other.once <> start.once
                and (other.since, other.received_at, other.once) < (start.since, start.received_at, start.once)
                -- A message that no starter holds is received again soon, or never.
                and other.held_at > now() - interval '5 minutes'
            )
          returning start.once
        )
        select before.started_at is not null as started, before.claimed_by is not null as unsure,
          exists (select from claimed) as claimed
        from before`
      if (row?.started === true) return 'started'
      if (row?.claimed !== true) return 'waits'
      return row.unsure ? 'unsure' : 'mine'
    },
    async isAhead({ once }, packages) {
      if (packages.length === 0) return false
      const [row] = await sql<{ ahead: boolean }[]>`
        select exists (
          select from unnest(${packages.map(({ file }) => file)}::text[], ${packages.map(({ etag }) => etag)}::text[]) as package (file, etag)
          where not exists (
            select from delivery where delivery.file = package.file and delivery.etag in (package.etag, '')
          )
        ) and exists (select from start where once = ${once} and received_at > now() - interval '2 minutes') as ahead`
      return row?.ahead === true
    },
    async started({ once }) {
      await sql`update start set started_at = now(), claimed_by = null where once = ${once}`
    },
    async release({ once }) {
      await sql`update start set claimed_by = null where once = ${once} and claimed_by = ${me}`
    },
    async forget({ once }) {
      held.delete(once)
      await sql`delete from start where once = ${once} and started_at is null`
    },
    letGo: ({ once }) => void held.delete(once),
    async hold() {
      if (held.size > 0) await sql`update start set held_at = now() where once in ${sql([...held])}`
    },
    async tidy() {
      // SQS keeps a message for two weeks, SWF a closed execution for 90 days at most.
      await sql`
        delete from start
        where started_at < now() - interval '100 days' or (started_at is null and held_at < now() - interval '15 days')`
      await sql`delete from delivery where received_at < now() - interval '100 days'`
    },
  }
}

const unquoted = (etag: string | null | undefined): string => (etag ?? '').replaceAll('"', '')
