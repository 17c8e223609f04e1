import { parseArticleXml } from '@continuum/article/jats'
import { readRecord } from '../record/read.ts'
import type { ArticleRecord } from '../record/record.ts'

/** Parts of an article's XML, each in the place where JATS has it. */
export interface Parts {
  readonly type?: string
  readonly ids?: string
  readonly title?: string
  readonly contributors?: string
  readonly dates?: string
  readonly history?: string
  readonly permissions?: string
  readonly related?: string
  readonly abstract?: string
  readonly funding?: string
  readonly more?: string
  readonly body?: string
  readonly back?: string
  readonly letters?: string
}

const person = `<contrib-group><contrib contrib-type="author"><name><surname>Ångström</surname><given-names>Zoë</given-names></name></contrib></contrib-group>`

/** A small article in JATS. */
export function jatsWith(parts: Parts = {}): string {
  const { type = 'research-article', ids = '', title = 'A title', contributors = person } = parts
  const { dates = '<pub-date date-type="pub"><day>09</day><month>08</month><year>2018</year></pub-date>' } = parts
  return `<article article-type="${type}" xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:ali="http://www.niso.org/schemas/ali/1.0/">
<front><journal-meta/><article-meta><article-id pub-id-type="doi">10.7554/eLife.00353</article-id>${ids}
<title-group><article-title>${title}</article-title></title-group>${contributors}${dates}<volume>7</volume><elocation-id>e00353</elocation-id>
<history>${parts.history ?? ''}</history><permissions>${parts.permissions ?? ''}</permissions>${parts.related ?? ''}${parts.abstract ?? ''}
<funding-group>${parts.funding ?? ''}</funding-group>${parts.more ?? ''}</article-meta></front>
<body>${parts.body ?? '<p>Text</p>'}</body><back>${parts.back ?? ''}</back>${parts.letters ?? ''}</article>`
}

/** The record of a small article. */
export function recordWith(parts: Parts = {}): ArticleRecord {
  return readRecord(parseArticleXml(jatsWith(parts)))
}
