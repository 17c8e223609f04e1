import type { RecipientSettings } from '@continuum/settings'
import { addNotice } from './notices.ts'
import type { Queries } from './queries.ts'

/** Writes down that a recipient cannot be reached, and tells staff when it begins: once, not once a deposit. */
export async function setFailing(
  sql: Queries,
  { name, title }: RecipientSettings,
  answer: string,
  now: Temporal.Instant,
): Promise<void> {
  const at = now.toString()
  const [began] = await sql`
    insert into failing (recipient, since, answer) values (${name}, ${at}, ${answer})
    on conflict (recipient) do update set answer = excluded.answer returning (xmax = 0) as new`
  if (began?.['new'] !== true) return
  await addNotice(
    sql,
    {
      key: `failing ${name} ${at}`,
      subject: `${title} cannot be reached`,
      body: `Since ${at} deposits do not get through to ${title}: ${answer} They wait, and are tried again; other recipients are not held up. The Deposits page shows them.`,
    },
    now,
  )
}

/** Writes down that a recipient can be reached. */
export async function clearFailing(sql: Queries, name: string): Promise<void> {
  await sql`delete from failing where recipient = ${name}`
}

/** Pauses a recipient; one that is paused stays so, by whom it was. Staff are told of a pause that nobody made. */
export async function pauseRecipient(
  sql: Queries,
  pause: { recipient: Pick<RecipientSettings, 'name' | 'title'>; by: string; why: string; automatic: boolean },
  now: Temporal.Instant,
): Promise<void> {
  const { recipient, by, why, automatic } = pause
  const at = now.toString()
  const created = await sql`
    insert into pause (recipient, since, by, why, automatic) values (${recipient.name}, ${at}, ${by}, ${why}, ${automatic})
    on conflict do nothing returning recipient`
  if (created.length === 0) return
  await sql`insert into action (at, by, act, why, recipient) values (${at}, ${by}, 'pause', ${why}, ${recipient.name})`
  if (!automatic) return
  await addNotice(
    sql,
    {
      key: `paused ${recipient.name} ${at}`,
      subject: `${recipient.title} is paused: it does not accept our account`,
      body: `${why} Nothing is sent to ${recipient.title} until a person resumes it on the Deposits page.`,
    },
    now,
  )
}

/**
 * Resumes a recipient; false if it was not paused. What waited is tried anew: while a recipient is paused nothing is sent, and that is no reason to
 * give up.
 */
export async function resumeRecipient(sql: Queries, name: string, by: string, now: Temporal.Instant): Promise<boolean> {
  const gone = await sql`delete from pause where recipient = ${name} returning recipient`
  if (gone.length === 0) return false
  await sql`update deposit set first_attempt = null where recipient = ${name} and state in ('planned', 'waiting')`
  await sql`insert into action (at, by, act, recipient) values (${now.toString()}, ${by}, 'resume', ${name})`
  return true
}
