import { randomUUID } from 'node:crypto'
import type { RecipientSettings } from '@continuum/settings'
import type { Person, PublicationFacts } from '../rules/facts.ts'
import { isUnaddressed, partsOf } from '../rules/parts.ts'
import { moveDeposit, type DepositRow, type Worked } from '../store/deposits.ts'
import { readListedAuthors } from '../store/listed-authors.ts'
import type { Queries } from '../store/queries.ts'
import { insertMail } from './mails.ts'

/**
 * Looks for somebody to write to for a mail that waits for an address: the authors of the article that it is about may be known since it was
 * published here, or since the editorial office listed them. Each of them gets a deposit of their own, in the place of the one that waited.
 *
 * @returns the deposits that are new; undefined where nobody is known yet
 */
export async function addressMail(
  sql: Queries,
  row: DepositRow,
  recipient: RecipientSettings,
  now: Temporal.Instant,
): Promise<readonly Worked[] | undefined> {
  if (!isUnaddressed(recipient, row) || (row.state !== 'planned' && row.state !== 'waiting')) return undefined
  const { article, version, run } = row
  const [publication] = await sql<{ facts: PublicationFacts }[]>`
    select facts from publication where article = ${article} and version = ${version} and run = ${run}`
  if (!publication) return undefined
  const { facts } = publication
  const addresses = await peopleOf(sql, facts.type === 'insight' ? facts.about : [article])
  const parts = partsOf(recipient, { ...facts, addresses })
  if (addresses.length === 0 || typeof parts === 'string') return undefined
  await sql`
    update publication set facts = jsonb_set(facts, '{addresses}', ${sql.json(addresses)})
    where article = ${article} and version = ${version} and run = ${run}`
  const at = now.toString()
  const created = []
  for (const { part, subjects, once } of parts) {
    const id = randomUUID()
    const its = {
      id,
      recipient: row.recipient,
      article,
      version,
      run,
      together: row.together,
      part,
      subjects: [...subjects],
      once: once ?? null,
    }
    const when = { planned_at: at, since: at, due: row.due, due_because: row.dueBecause }
    if (await insertMail(sql, { ...its, ...when, state: 'planned', rule: row.rule })) created.push({ ...its })
  }
  const answer = 'Those who are written to are known now: each has a deposit of their own.'
  await moveDeposit(sql, row, 'supersede', now, { answer })
  return created
}

/** The authors of articles: as their newest publications have them, and as the editorial office lists them. Each once. */
async function peopleOf(sql: Queries, articles: readonly string[]): Promise<Person[]> {
  const found: Person[] = []
  for (const article of articles) {
    const [newest] = await sql<{ facts: PublicationFacts }[]>`
      select facts from publication where article = ${article} order by planned_at desc limit 1`
    const listed = (await readListedAuthors(sql, article)).map(({ articleId: _, ...author }) => author)
    found.push(...(newest?.facts.addresses ?? []), ...listed)
  }
  return [...new Map(found.toReversed().map((person) => [person.address.toLowerCase(), person])).values()].toReversed()
}
