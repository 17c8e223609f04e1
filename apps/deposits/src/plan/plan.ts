import { randomUUID } from 'node:crypto'
import type { PublishedRun } from '@continuum/messages'
import type { Sql } from '@continuum/service'
import { isReachable, type RecipientSettings } from '@continuum/settings'
import { decide, type Decision } from '../rules/decide.ts'
import { firstPublished, type PublicationFacts } from '../rules/facts.ts'
import { keptAlone, type Outlook } from '../rules/next-step.ts'
import { articlePart, isUnaddressed, partsOf, type Part } from '../rules/parts.ts'
import { dueAt, embargoUntil } from '../rules/schedule.ts'
import { traitsOf } from '../rules/traits.ts'
import { columnsOf, type DepositRow } from '../store/deposits.ts'
import { readTroubles } from '../store/lists.ts'
import { readListedAuthors } from '../store/listed-authors.ts'
import { takeStamp } from '../store/stamps.ts'
import type { Queries } from '../store/queries.ts'
import { gatherFacts, type Sources } from './gather.ts'
import { insightRules } from './insights.ts'
import { insertMail } from './mails.ts'
import { mailRulesOf } from '../rules/mails.ts'

/** The dependencies of planning. */
export interface PlanTools {
  readonly sql: Sql
  readonly recipients: readonly RecipientSettings[]
  readonly live: boolean
  /** Deposits that have an hour are due at once: for trials. */
  readonly withScheduled: boolean
  readonly sources: Omit<Sources, 'publishedBefore' | 'addressesOf' | 'listedAuthors' | 'mailRules'>
  readonly now: () => Temporal.Instant
}

/**
 * Plans the deposits of a publication: for every recipient a decision with its rule, and for each that gets it its documents. All in one
 * transaction, so that a publication is planned as a whole or not at all; planned again it answers what there is.
 *
 * @returns the deposits of the publication
 * @throws LaxUnavailableError when the article store does not answer: nothing is planned then
 */
export async function planPublication(tools: PlanTools, run: PublishedRun): Promise<readonly DepositRow[]> {
  const { sql, now } = tools
  const known = await plannedDeposits(sql, run)
  if (known.length > 0) return known
  const mailRules = (journal: string) => mailRulesOf(tools.recipients, journal)
  const sources = { ...tools.sources, ...storedSources(sql), mailRules }
  await keepPlan(tools, run, await gatherFacts(run, sources, now()))
  return plannedDeposits(sql, run)
}

/**
 * Keeps a publication with its facts, and the deposits that they decide; one that is there already is left as it is.
 *
 * @param mayStill asked when no other publication of the article can be planned any more; where it answers false, nothing is kept
 */
export async function keepPlan(
  tools: PlanTools,
  run: PublishedRun,
  facts: PublicationFacts,
  mayStill?: (sql: Queries) => Promise<boolean>,
): Promise<void> {
  const { sql, now } = tools
  await sql.begin(async (transaction) => {
    // Two publications of an article see each other's deposits.
    await transaction`select pg_advisory_xact_lock(hashtextextended(${`plan ${run.articleId}`}, 0))`
    if (mayStill && !(await mayStill(transaction))) return
    const [created] = await transaction`
      insert into publication (article, version, run, folder, published, facts, files, planned_at)
      values (${run.articleId}, ${run.version}, ${run.run}, ${run.folder}, ${run.published}, ${transaction.json(facts)},
        ${transaction.json(run.files)}, ${now().toString()})
      on conflict do nothing returning run`
    if (!created) return
    const around = { facts, at: now(), ...(await readAround(transaction, facts.articleId)) }
    const rows: PlannedRow[] = []
    for (const recipient of tools.recipients) rows.push(...(await planFor(transaction, tools, recipient, around)))
    if (rows.length > 0) await transaction`insert into deposit ${transaction(rows)}`
  })
}

/** Lists the deposits of a publication. */
export function plannedDeposits(
  sql: Queries,
  { articleId, version, run }: Pick<PublishedRun, 'articleId' | 'version' | 'run'>,
): Promise<DepositRow[]> {
  return sql<DepositRow[]>`
    select ${columnsOf(sql)} from deposit
    where article = ${articleId} and version = ${version} and run = ${run} order by recipient, planned_at, part`
}

/** The facts that earlier publications left here. */
function storedSources(sql: Sql): Pick<Sources, 'publishedBefore' | 'addressesOf' | 'listedAuthors'> {
  return {
    listedAuthors: async (articleId) =>
      (await readListedAuthors(sql, articleId)).map(({ articleId: _, ...author }) => author),
    publishedBefore: async ({ articleId, version, run }) => {
      const found = await sql`
        select 1 from publication where article = ${articleId} and version = ${version} and run <> ${run} limit 1`
      return found.length > 0
    },
    addressesOf: async (articleId) => {
      const [newest] = await sql<{ facts: PublicationFacts }[]>`
        select facts from publication where article = ${articleId} order by planned_at desc limit 1`
      return newest?.facts.addresses ?? []
    },
  }
}

/** The facts of a publication, and what is known of its article and of the recipients before. */
interface Around {
  readonly facts: PublicationFacts
  readonly at: Temporal.Instant
  readonly earlier: ReadonlyMap<string, readonly DepositRow[]>
  readonly paused: ReadonlyMap<string, Outlook['paused']>
}

/** Until the plan is kept nobody begins to send what it replaces: the rows of the article are locked. */
async function readAround(sql: Queries, articleId: string): Promise<Pick<Around, 'earlier' | 'paused'>> {
  const rows = await sql<DepositRow[]>`
    select ${columnsOf(sql)} from deposit where article = ${articleId} order by planned_at for update`
  const { paused } = await readTroubles(sql)
  return { earlier: Map.groupBy(rows, ({ recipient }) => recipient), paused }
}

/** A row to insert. All have the same columns, so that one statement inserts them. */
type PlannedRow = Record<string, unknown> & { readonly subjects: string[]; readonly once: string | null }

/** Plans the deposits for a recipient. @returns the rows to insert; mails are inserted already, each by its own rules */
async function planFor(
  sql: Queries,
  tools: PlanTools,
  recipient: RecipientSettings,
  { facts, at, ...around }: Around,
): Promise<PlannedRow[]> {
  const earlier = around.earlier.get(recipient.name) ?? []
  const decision = decisionOf(tools, recipient, facts, earlier)
  const parts = decision.send ? partsOf(recipient, facts) : decision.rule
  const insight =
    recipient.kind === 'mail' && decision.send ? await insightRules(sql, recipient, facts, at.toString()) : undefined
  const refused = typeof parts === 'string' ? parts : insight
  const common = {
    recipient: recipient.name,
    article: facts.articleId,
    version: facts.version,
    run: facts.run,
    planned_at: at.toString(),
    since: at.toString(),
    due: at.toString(),
    due_because: '',
    once: null,
    before: null,
    before_confirmed: false,
    stamp: null,
    revision: null,
    waits_for: null,
    answer: null,
    together: true,
  }
  if (refused !== undefined || typeof parts === 'string') {
    const decided = { part: articlePart, subjects: [], state: 'not-for-this-recipient', rule: refused ?? '' }
    return [{ ...common, ...decided, id: randomUUID() }]
  }
  if (recipient.onceOnly) await replaceWaiting(sql, earlier, facts.version, at.toString())
  const newer = newerOf(recipient, facts, earlier)
  const { due, because } = dueOf(tools, recipient, facts)
  const paused = around.paused.get(recipient.name)
  const ids = new Map<string, string>()
  const rows: PlannedRow[] = []
  for (const part of parts) {
    const id = randomUUID()
    const successor = newer.find(({ subjects }) => subjects.some((subject) => part.subjects.includes(subject)))
    if (successor) {
      const answer = `Version ${successor.version} was planned before this one: its deposit stands.`
      const superseded = { state: 'superseded', rule: decision.rule, answer }
      rows.push({ ...common, ...superseded, id, part: part.part, subjects: [...part.subjects] })
      // What would have followed this one follows its successor.
      ids.set(part.part, successor.id)
      continue
    }
    ids.set(part.part, id)
    const unaddressed = isUnaddressed(recipient, part)
    const kept = keptAlone({ paused, unaddressed, planned: at, due, dueBecause: because }, at)
    const row = {
      ...common,
      id,
      part: part.part,
      subjects: [...part.subjects],
      once: part.once ?? null,
      state: kept?.step === 'wait' ? 'waiting' : 'planned',
      waits_for: kept?.step === 'wait' ? kept.why : null,
      rule: decision.rule,
      due: due.toString(),
      due_because: because,
      ...beforeOf(recipient, part, ids, earlier),
      stamp:
        recipient.kind === 'crossref'
          ? await takeStamp(sql, { recipient: recipient.name, subjects: [...part.subjects] }, tools.now())
          : null,
      revision: recipient.kind === 'pmc' ? revisionOf(earlier) : null,
    }
    if (recipient.kind === 'mail') await insertMail(sql, row)
    else rows.push(row)
  }
  return rows
}

function decisionOf(
  { live }: PlanTools,
  recipient: RecipientSettings,
  facts: PublicationFacts,
  earlier: readonly DepositRow[],
): Decision {
  if (!isReachable(recipient, live))
    return { send: false, rule: `this environment is not live (deposits.live): ${recipient.title} is real` }
  const seen = earlier
    .filter(({ state }) => state !== 'not-for-this-recipient')
    .map(({ version, state, since }) => ({ version, state, since: since.toISOString() }))
  return decide(recipient, facts, seen)
}

function dueOf({ withScheduled, now }: PlanTools, recipient: RecipientSettings, facts: PublicationFacts) {
  const scheduled = withScheduled ? now() : dueAt(recipient.schedule, now())
  const records = recipient.kind === 'crossref' || recipient.kind === 'pubmed' || recipient.kind === 'doaj'
  const embargo = records ? embargoUntil(firstPublished(facts), now()) : undefined
  return embargo && Temporal.Instant.compare(embargo, scheduled) > 0
    ? { due: embargo, because: 'Waits for the day of publication:' }
    : { due: scheduled, because: 'Waits for its hour:' }
}

/**
 * Lists the deposits of later versions that were planned before this one, where a document takes the place of another. Their planning was not
 * held up, and this one's was: a timestamp that is taken now would be above theirs.
 */
function newerOf(
  recipient: RecipientSettings,
  { version, silent }: PublicationFacts,
  earlier: readonly DepositRow[],
): readonly DepositRow[] {
  // A correction of an old version is meant to come after.
  if (silent || !(recipient.kind === 'crossref' || traitsOf(recipient).replaces)) return []
  return earlier.filter(
    (each) => each.version > version && each.state !== 'not-for-this-recipient' && each.state !== 'cancelled',
  )
}

/** The deposit that goes first: the part before, or what PubMed did not get yet of an earlier version. */
function beforeOf(
  recipient: RecipientSettings,
  { before }: Part,
  ids: ReadonlyMap<string, string>,
  earlier: readonly DepositRow[],
): { before: string | null; before_confirmed: boolean } {
  const own = before === undefined ? undefined : ids.get(before)
  if (own !== undefined) return { before: own, before_confirmed: true }
  const open = earlier.findLast(({ state }) => ['planned', 'waiting', 'sending'].includes(state))
  return { before: recipient.kind === 'pubmed' ? (open?.id ?? null) : null, before_confirmed: false }
}

/** A recipient that gets an article once gets the newest: one that still waits for its hour makes room. */
async function replaceWaiting(
  sql: Queries,
  earlier: readonly DepositRow[],
  version: number,
  at: string,
): Promise<void> {
  const waiting = earlier
    .filter((each) => each.version <= version && (each.state === 'planned' || each.state === 'waiting'))
    .map(({ id }) => id)
  if (waiting.length === 0) return
  await sql`
    update deposit set state = 'superseded', since = ${at}, waits_for = null,
      answer = ${`Version ${version} was published before this one was sent.`}
    where id in ${sql(waiting)} and state in ('planned', 'waiting')`
}

/** PMC tells a repeat by its name: .r1, .r2. The number is taken once, and kept over all attempts. */
function revisionOf(earlier: readonly DepositRow[]): number {
  return earlier.filter(({ revision }) => revision !== null).length
}
