import {
  describeArticle,
  IncompleteArticle,
  MalformedXml,
  parseArticleXml,
  type ArticleDescription,
  type ArticleXml,
  type Journal,
} from '@continuum/article'
import {
  addressees,
  chooseAuthorMail,
  IncompleteRecordFailure,
  readRecord,
  type Addressee,
  type AuthorMailRule,
  type MailFacts,
} from '@continuum/deposit-documents'
import type { PublishedRun } from '@continuum/messages'
import type { CrossrefFiles } from '../documents/crossref.ts'
import type { Notice, PublicationFacts, PublishedVersion } from '../rules/facts.ts'
import type { Lax } from '../services/lax.ts'

/** Thrown when a run cannot be planned, whatever is tried: a person must look. */
export class UnplannableRunError extends Error {
  override readonly name = 'UnplannableRunError'
  readonly retry = false
}

/** The sources of the facts about a publication. */
export interface Sources {
  readonly journals: readonly Journal[]
  readonly lax: Lax
  /** Reads a file of a run. */
  readonly read: (folder: string, name: string) => Promise<Buffer>
  readonly crossrefFiles: CrossrefFiles
  /** The rules by which a journal's mails to authors are chosen. */
  readonly mailRules: (journal: string) => readonly AuthorMailRule[]
  /** True if an earlier run of the same version was published. */
  readonly publishedBefore: (run: PublishedRun) => Promise<boolean>
  /** The authors of an article as the editorial office lists them. */
  readonly listedAuthors: (articleId: string) => Promise<readonly Addressee[]>
  /** The addresses of the authors of an article that was published earlier. */
  readonly addressesOf: (articleId: string) => Promise<PublicationFacts['addresses']>
}

/**
 * Gathers the facts about a publication from its XML and the article store. Nothing is guessed: where the store does not answer,
 * nothing is decided.
 *
 * @throws LaxUnavailableError when the store does not answer; a later attempt may succeed
 * @throws UnplannableRunError when the run has no XML, or a journal that is unknown here
 */
export async function gatherFacts(
  run: PublishedRun,
  sources: Sources,
  now: Temporal.Instant,
): Promise<PublicationFacts> {
  const { articleId, version, status } = run
  const journal = sources.journals.find(({ prefix }) => prefix === run.journal)
  if (!journal) throw new UnplannableRunError(`No journal in the settings (JOURNALS) has the prefix "${run.journal}".`)
  const xml = run.files.find(({ kind }) => kind === 'articleXml')
  if (!xml) throw new UnplannableRunError(`The run ${run.run} of ${articleId} has no article XML.`)
  const bytes = await sources.read(run.folder, xml.name)
  const { article, described } = describe(bytes, journal, articleId, sources.journals)
  const found = await sources.lax.versions(articleId)
  // The store answers from a moment ago: the version itself is public all the same.
  const versions = found.some((each) => each.version === version)
    ? found
    : [...found, { version, status, published: run.published }]
  const about = described.type === 'insight' ? described.related.flatMap((each) => each.articleId ?? []) : []
  const silent = run.resupplied && ((await sources.publishedBefore(run)) || isOld(versions, version, now))
  const notice = await noticeOf(sources.lax, articleId)
  const facts = {
    status,
    isSilent: silent,
    isFirstOfStatus: !versions.some((each) => each.status === status && each.version < version),
    wasPoa: versions.some((each) => each.status === 'poa' && each.version < version),
    isRetractionOfPreprint: await retractsPreprint(described, sources.lax),
  }
  return {
    articleId,
    version,
    run: run.run,
    journal: run.journal,
    status,
    doi: described.doi,
    crossref: [...(await sources.crossrefFiles({ xml: article, doi: described.doi, run, journal, versions, notice }))],
    type: described.type,
    title: described.title,
    silent,
    versions: [...versions],
    hasVideo: run.files.some(({ kind }) => kind === 'video'),
    about,
    assessment: assessmentTerms(article),
    retractsPreprint: facts.isRetractionOfPreprint,
    retracted: (await sources.lax.relatedTypes(articleId)).includes('retraction') && described.type !== 'retraction',
    ...(notice && { notice }),
    mail: mailOf(article, described.doi, facts, sources.mailRules(run.journal)),
    addresses:
      described.type === 'insight'
        ? (await Promise.all(about.map(sources.addressesOf))).flat()
        : peopleOf(article, described.doi, await sources.listedAuthors(articleId)),
  }
}

function describe(bytes: Buffer, journal: Journal, articleId: string, journals: readonly Journal[]) {
  try {
    const article = parseArticleXml(bytes)
    return { article, described: describeArticle(article, journal, { packagedAs: articleId, journals }) }
  } catch (error) {
    if (!(error instanceof IncompleteArticle) && !(error instanceof MalformedXml)) throw error
    throw new UnplannableRunError(`The XML of ${articleId} cannot be read: ${error.message}`, { cause: error })
  }
}

/** A version of a retracted article is deposited as retracted, too. */
async function noticeOf(lax: Lax, articleId: string): Promise<Notice | undefined> {
  const retraction = await lax.retraction(articleId)
  if (!retraction) return undefined
  const { date, notice: doi } = retraction
  return { kind: 'retraction', date, ...(doi !== undefined && { doi }) }
}

/** A package with a version in its name that arrives a day after that version became public corrects it, whoever published it. */
function isOld(versions: readonly PublishedVersion[], version: number, now: Temporal.Instant): boolean {
  const its = versions.find((each) => each.version === version)
  return its !== undefined && now.since(Temporal.Instant.from(its.published)).total('hours') > 24
}

async function retractsPreprint({ type, related }: ArticleDescription, lax: Lax): Promise<boolean> {
  if (type !== 'retraction') return false
  const retracted = related.filter((each) => each.type === 'retracted-article')
  const known = await Promise.all(
    retracted.map(async ({ articleId }) => articleId !== undefined && (await lax.versions(articleId)).length > 0),
  )
  return retracted.length > 0 && !known.includes(true)
}

/** The mail to authors. An article that no record can be made of has none; its other documents tell why. */
function mailOf(
  xml: ArticleXml,
  doi: string,
  facts: Omit<MailFacts, 'record'>,
  rules: readonly AuthorMailRule[],
): PublicationFacts['mail'] {
  const record = recordOf(xml, doi)
  return record ? chooseAuthorMail({ ...facts, record }, rules) : { none: 'the article has no record' }
}

function peopleOf(xml: ArticleXml, doi: string, listed: readonly Addressee[]): PublicationFacts['addresses'] {
  const record = recordOf(xml, doi)
  return record ? addressees(record, listed).map((person) => ({ ...person, address: foldDomain(person.address) })) : []
}

function recordOf(xml: ArticleXml, doi: string) {
  try {
    return readRecord(xml, { doi })
  } catch (error) {
    if (error instanceof IncompleteRecordFailure) return undefined
    throw error
  }
}

/** The domain of an address has no letter case; what stands before it may have. */
function foldDomain(address: string): string {
  const at = address.lastIndexOf('@')
  return address.slice(0, at + 1) + address.slice(at + 1).toLowerCase()
}

type Element = ArticleXml['root']

/** The terms of an assessment: how important the claims are, how strong the evidence. */
function assessmentTerms({ root }: ArticleXml): string[] {
  return [...elements(root, 'kwd-group')]
    .filter(({ attributes }) => /^(claim-importance|evidence-strength)$/.test(attributes['kwd-group-type'] ?? ''))
    .flatMap((group) => [...elements(group, 'kwd')].map((word) => textOf(word).toLowerCase()))
}

function* elements(within: Element, name: string): Generator<Element> {
  for (const child of within.children) {
    if (!isElement(child)) continue
    if (child.name === name) yield child
    yield* elements(child, name)
  }
}

const isElement = (node: Element['children'][number]): node is Element => typeof node !== 'string'

function textOf(element: Element): string {
  return element.children
    .map((node) => (isElement(node) ? textOf(node) : node))
    .join('')
    .trim()
}
