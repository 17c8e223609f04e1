import {
  describeArticle,
  parseArticleXml,
  type ArticleDescription,
  type ArticleXml,
  type Journal,
} from '@continuum/article'
import type { PublishedRun } from '@continuum/messages'
import type { CrossrefFiles } from '../documents/crossref.ts'
import type { PublicationFacts, PublishedVersion } from '../rules/facts.ts'
import { foldAddress, uniqueAddresses } from '../rules/mails.ts'
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
  /** True if an earlier run of the same version was published. */
  readonly publishedBefore: (run: PublishedRun) => Promise<boolean>
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
  const article = parseArticleXml(await sources.read(run.folder, xml.name))
  const described = describeArticle(article, journal, { packagedAs: articleId, journals: sources.journals })
  const found = await sources.lax.versions(articleId)
  // The store answers from a moment ago: the version itself is public all the same.
  const versions = found.some((each) => each.version === version)
    ? found
    : [...found, { version, status, published: run.published }]
  const about = described.type === 'insight' ? described.related.flatMap((each) => each.articleId ?? []) : []
  return {
    articleId,
    version,
    run: run.run,
    journal: run.journal,
    status,
    doi: described.doi,
    crossref: [...(await sources.crossrefFiles({ xml: article, doi: described.doi, run, journal, versions }))],
    type: described.type,
    title: described.title,
    silent: run.resupplied && ((await sources.publishedBefore(run)) || isOld(versions, version, now)),
    versions: [...versions],
    hasVideo: run.files.some(({ kind }) => kind === 'video'),
    about,
    assessment: assessmentTerms(article),
    retractsPreprint: await retractsPreprint(described, sources.lax),
    retracted: (await sources.lax.relatedTypes(articleId)).includes('retraction') && described.type !== 'retraction',
    addresses: [
      ...uniqueAddresses(
        described.type === 'insight'
          ? (await Promise.all(about.map(sources.addressesOf))).flat()
          : authorAddresses(described),
      ),
    ],
  }
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

/** The authors who correspond; where none is marked, all whose address is known. */
function authorAddresses({ contributors }: ArticleDescription): PublicationFacts['addresses'] {
  const people = contributors
    .filter(({ type }) => type === 'author')
    .flatMap(({ emails, affiliations, corresponding, givenNames, surname, collab }) => {
      const own = [...emails, ...affiliations.flatMap(({ email }) => email ?? [])]
      const name = [givenNames, surname].filter(Boolean).join(' ') || (collab ?? '')
      return own.slice(0, 1).map((address) => ({ address: foldAddress(address.trim()), name, corresponding }))
    })
    .filter(({ address }) => /^[^@\s]+@[^@\s]+$/.test(address))
  const marked = people.filter(({ corresponding }) => corresponding)
  return (marked.length > 0 ? marked : people).map(({ address, name }) => ({ address, name }))
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
