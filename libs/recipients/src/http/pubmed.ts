import { readDocument } from '../seam/bytes.ts'
import type { AskResult, Recipient } from '../seam/recipient.ts'
import { exchange, judge, wordsOf, type Answer } from './exchange.ts'

/** The address of NCBI's E-utilities, which are asked. */
export interface PubmedAnswersSettings {
  /** `https://eutils.ncbi.nlm.nih.gov/entrez/eutils`. */
  readonly url: string
  readonly timeoutSeconds?: number
}

/** PubMed's days begin and end there. */
const zone = 'America/New_York'

/**
 * Asks PubMed for the citation of a record that was transferred to it. It is there when a citation with the DOI was changed on the day of the
 * transfer or later, and is no longer ahead of print where the record says that it is published. What PubMed refuses is in the loader report,
 * which goes to people by mail: here it is only never there.
 */
export function askPubmed({ url, timeoutSeconds }: PubmedAnswersSettings): NonNullable<Recipient['ask']> {
  return async ({ document, sentAt }, signal) => {
    const xml = (await readDocument(document)).toString('utf8')
    const doi = /<ArticleId IdType="doi">([^<]+)</.exec(xml)?.[1] ?? ''
    const isPublished = /<Journal>[\s\S]*?<PubDate PubStatus="(?!aheadofprint)/.test(xml)
    const address = new URL(`${url.replace(/\/$/, '')}/esearch.fcgi`)
    address.search = new URLSearchParams({
      db: 'pubmed',
      retmode: 'json',
      tool: 'continuum',
      term: `"${doi}"[aid]${isPublished ? ' NOT pubstatusaheadofprint' : ''}`,
      datetype: 'mdat',
      mindate: sentAt.toZonedDateTimeISO(zone).toPlainDate().toString().replaceAll('-', '/'),
      maxdate: '3000',
    }).toString()
    const judged = judge(await exchange(address, {}, signal, timeoutSeconds), judgeSearch)
    // Whatever it says about the question, it says nothing about the record.
    return judged.kind === 'refused' ? { kind: 'later', answer: judged.answer, countsAsAttempt: true } : judged
  }
}

function judgeSearch(answer: Answer): AskResult {
  const ids = answer.status === 200 ? idsIn(answer.text) : undefined
  if (ids === undefined) return { kind: 'later', answer: wordsOf(answer), countsAsAttempt: true }
  const [pmid] = ids
  return pmid === undefined
    ? { kind: 'pending', unknown: true, answer: 'PubMed does not show the record yet' }
    : { kind: 'confirmed', answer: `PubMed has it: PMID ${pmid}` }
}

/** The ids in the answer to a search; undefined where it is none. */
function idsIn(text: string): readonly string[] | undefined {
  try {
    const { esearchresult }: { esearchresult?: unknown } = Object(JSON.parse(text))
    const { idlist }: { idlist?: unknown } = Object(esearchresult)
    return Array.isArray(idlist) ? idlist.map(String) : undefined
  } catch {
    return undefined
  }
}
