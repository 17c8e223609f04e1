import { parseArticleXml } from '@continuum/article/jats'
import {
  nextTimestamp,
  planCrossref,
  readRecord,
  type CrossrefDeposit,
  type JournalDetails,
} from '@continuum/deposit-documents'
import type { AskResult, Recipient, SendResult } from '../seam/recipient.ts'
import { attempt, sentAt, signal, textDocument } from './attempts.ts'

/** A journal. */
export const journal: JournalDetails = {
  title: 'A journal',
  nlmTitle: 'A J',
  publisher: 'A publisher',
  issn: '2050-084X',
  prefix: 'aj',
  depositor: { name: 'A depositor', email: 'deposits@example.org' },
  registrant: 'A registrant',
  addresses: { article: 'https://example.org/articles/{id}' },
  crossmark: { domains: ['example.org'] },
}

/** Parts of an article's XML beside what every one has. */
export interface ArticleParts {
  readonly ids?: string
  readonly related?: string
  readonly funding?: string
  readonly letters?: string
}

/** An article of a number, as JATS. */
export function articleXml(
  number: string,
  { ids = '', related = '', funding = '', letters = '' }: ArticleParts = {},
): string {
  return `<article article-type="research-article" xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>
<article-id pub-id-type="doi">10.5555/aj.${number}</article-id>${ids}<title-group><article-title>Article ${number}</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Doe</surname><given-names>Jane</given-names></name></contrib></contrib-group>
<pub-date date-type="pub"><day>09</day><month>08</month><year>2018</year></pub-date><volume>7</volume>${related}<funding-group>${funding}</funding-group>
</article-meta></front><body><p>Text</p></body>${letters}</article>`
}

/** A letter with its DOI. */
export function letter(number: string, name: string, type: string): string {
  return `<sub-article article-type="${type}" id="${name}"><front-stub><article-id pub-id-type="doi">10.5555/aj.${number}.${name}</article-id><title-group><article-title>Letter</article-title></title-group></front-stub><body><p>x</p></body></sub-article>`
}

/** Deposits of a version, by their kinds. */
export function depositsOf(
  number: string,
  parts: ArticleParts = {},
  options: { version?: number; before?: string } = {},
) {
  const { version = 1, before } = options
  const { deposits } = planCrossref({
    record: readRecord(parseArticleXml(articleXml(number, parts))),
    published: {
      id: number,
      version,
      status: 'vor',
      published: '2018-08-09',
      versionPublished: '2018-08-09',
      wasPoa: false,
    },
    journal,
    before: () => before,
  })
  return deposits
}

/** Sends a deposit, and asks for its result once the recipient has decided. */
export async function settle(
  recipient: Recipient,
  deposit: CrossrefDeposit,
  { now, decide }: { now: number; decide: () => void },
): Promise<{ sent: SendResult; result: AskResult | undefined; xml: string }> {
  const { name, xml } = deposit.write(nextTimestamp(Temporal.Instant.fromEpochMilliseconds(now)))
  const document = textDocument(name, xml)
  const sent = await recipient.send(document, attempt(), signal)
  decide()
  const result = await recipient.ask?.(
    { ...attempt(), sentAt, document, ...('reference' in sent && { reference: sent.reference ?? '' }) },
    signal,
  )
  return { sent, result, xml }
}
