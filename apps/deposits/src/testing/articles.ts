import type { JournalSettings } from '@continuum/article'

/** The journal of the tests. */
export const elife: JournalSettings = {
  name: 'eLife',
  publisher: 'eLife Sciences Publications, Ltd',
  prefix: 'elife',
  doiPrefix: '10.7554/eLife.',
  issn: '2050-084X',
  firstVolumeYear: 2012,
}

/** An article that a test publishes. */
export interface TestArticle {
  readonly articleId: string
  readonly version?: number
  readonly status?: 'poa' | 'vor'
  readonly run?: string
  /** The instant of the version's publication in lax; now by default. */
  readonly published?: string
  readonly resupplied?: boolean
  readonly type?: string
  /** The JATS type. */
  readonly jatsType?: string
  readonly authors?: readonly string[]
  readonly related?: readonly { readonly type: string; readonly doi: string }[]
  readonly funders?: readonly string[]
  /** The number of letters after the article. */
  readonly letters?: number
  /** Leaves its date of publication out. */
  readonly undated?: boolean
  readonly xml?: Buffer
}

/** Writes a small JATS of an article. */
export function simpleXml(article: TestArticle): Buffer {
  const { articleId, status = 'vor', type = 'Research Article', jatsType = 'research-article' } = article
  const { authors = ['ada@example.org'], related = [], letters = 0, undated = false, funders = [] } = article
  const doi = `10.7554/eLife.${articleId}`
  const people = authors.map(
    (address, index) =>
      `<contrib contrib-type="author" corresp="yes"><name><surname>Author${'abcdefgh'[index] ?? ''}</surname><given-names>Ada</given-names></name><email>${address}</email></contrib>`,
  )
  const links = related.map(
    (link) =>
      `<related-article ext-link-type="doi" related-article-type="${link.type}" xlink:href="${link.doi}" id="ra1"/>`,
  )
  const money = funders.map(
    (name) =>
      `<award-group><funding-source><institution-wrap><institution>${name}</institution></institution-wrap></funding-source></award-group>`,
  )
  const subs = Array.from(
    { length: letters },
    (_, index) =>
      `<sub-article article-type="decision-letter" id="SA${index}"><front-stub><article-id pub-id-type="doi">${doi}.sa${index + 1}</article-id><title-group><article-title>Decision letter</article-title></title-group></front-stub><body><p>Good.</p></body></sub-article>`,
  )
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<article article-type="${jatsType}" xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta><journal-title-group><journal-title>eLife</journal-title></journal-title-group><issn publication-format="electronic">2050-084X</issn></journal-meta><article-meta>
<article-id pub-id-type="publisher-id">${articleId}</article-id><article-id pub-id-type="doi">${doi}</article-id>
<article-categories><subj-group subj-group-type="display-channel"><subject>${type}</subject></subj-group></article-categories>
<title-group><article-title>Title of ${articleId}</article-title></title-group><contrib-group>${people.join('')}</contrib-group>
${undated ? '' : '<pub-date date-type="pub" publication-format="electronic"><day>30</day><month>11</month><year>2026</year></pub-date>'}<volume>15</volume><elocation-id>e${articleId}</elocation-id>
<permissions><license xlink:href="http://creativecommons.org/licenses/by/4.0/"/></permissions>${links.join('')}<abstract><p>Words.</p></abstract><funding-group>${money.join('')}</funding-group></article-meta></front>${status === 'vor' ? '<body><p>Text.</p></body>' : ''}${subs.join('')}</article>`)
}
