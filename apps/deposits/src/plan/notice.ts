import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { parseArticleXml } from '@continuum/article'
import type { PublishedRun } from '@continuum/messages'
import type { Notice, PublicationFacts } from '../rules/facts.ts'
import type { DepositRow } from '../store/deposits.ts'
import type { Publication } from '../store/publications.ts'
import type { Queries } from '../store/queries.ts'
import { UnplannableRunError } from './gather.ts'
import { keepPlan, plannedDeposits, type PlanTools } from './plan.ts'

/**
 * Plans what recipients are told of a retraction or a withdrawal: new records of what was last published, with the notice in them. A
 * notice that was told is not told again, nor one that another call tells at the same time.
 *
 * @param notice absent: the article is neither retracted nor withdrawn any more
 * @returns the deposits of the notice; none where nothing changes
 * @throws UnplannableRunError where no publication of the article is known here
 */
export async function planNotice(
  tools: PlanTools,
  articleId: string,
  notice: Notice | undefined,
): Promise<readonly DepositRow[]> {
  const { sql, sources, now } = tools
  const last = await lastPublication(sql, articleId)
  if (!last) {
    throw new UnplannableRunError(
      `No publication of ${articleId} is known here: recipients have it from elsewhere, and must be told by hand.`,
    )
  }
  const { version, status, journal: prefix } = last.facts
  if (isDeepStrictEqual(last.facts.notice, notice)) {
    return last.facts.noticeOnly ? plannedDeposits(sql, last.facts) : []
  }
  const run: PublishedRun = {
    articleId,
    version,
    run: randomUUID(),
    journal: prefix,
    status,
    folder: last.folder,
    published: now().toString(),
    resupplied: true,
    files: [...last.files],
  }
  const isLast = async (transaction: Queries) =>
    (await lastPublication(transaction, articleId))?.facts.run === last.facts.run
  await keepPlan(tools, run, await factsOf(run, last.facts, notice, sources), isLast)
  const planned = await plannedDeposits(sql, run)
  // Something else of the article was planned meanwhile: what is to be told is looked at anew.
  return planned.length > 0 || (await isLast(sql)) ? planned : planNotice(tools, articleId, notice)
}

async function lastPublication(
  sql: Queries,
  articleId: string,
): Promise<Pick<Publication, 'facts' | 'folder' | 'files'> | undefined> {
  const [last] = await sql<Pick<Publication, 'facts' | 'folder' | 'files'>[]>`
    select facts, folder, files from publication where article = ${articleId}
    order by version desc, planned_at desc limit 1`
  return last
}

/** The facts of what was last published, with the notice: Crossref's files are those of the article itself. */
async function factsOf(
  run: PublishedRun,
  last: PublicationFacts,
  notice: Notice | undefined,
  { journals, read, crossrefFiles }: PlanTools['sources'],
): Promise<PublicationFacts> {
  const journal = journals.find(({ prefix }) => prefix === run.journal)
  const file = run.files.find(({ kind }) => kind === 'articleXml')
  if (!journal || !file)
    throw new UnplannableRunError(`The run of ${run.articleId} has no XML of a journal known here.`)
  const xml = parseArticleXml(await read(run.folder, file.name))
  const { notice: _, ...facts } = last
  const files = await crossrefFiles({ xml, doi: last.doi, run, journal, versions: last.versions, notice })
  return {
    ...facts,
    run: run.run,
    silent: false,
    ...(notice && { notice }),
    noticeOnly: true,
    crossref: files.filter(({ kind }) => kind !== 'reviews'),
  }
}
