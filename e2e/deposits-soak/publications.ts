/** A version of an article that the soak publishes. */
export interface Publication {
  readonly articleId: string
  readonly version: number
  readonly status: 'poa' | 'vor'
  /** Mail addresses of its authors. */
  readonly authors: readonly string[]
  /** It has letters, which Crossref gets after the article, and a DOI of its own, which Crossref gets before. */
  readonly withLetters: boolean
  /** Numbers of its awards: what version 2 no longer has is emptied at Crossref first. */
  readonly awards: readonly string[]
}

const doiOf = ({ articleId }: Publication) => `10.7554/eLife.${articleId}`

/** Makes the publications of articles with two versions each: a PoA and its version of record, or two versions of record. */
export function publicationsOf(count: number): readonly Publication[] {
  return Array.from({ length: count }, (_, index) => {
    const article = Math.floor(index / 2)
    const articleId = String(94_001 + article)
    const version = (index % 2) + 1
    const status = article % 3 === 0 && version === 1 ? 'poa' : 'vor'
    return {
      articleId,
      version,
      status,
      authors: ['ada', 'grace', 'hedy'].slice(0, 1 + (article % 3)).map((name) => `${name}@${articleId}.example.org`),
      withLetters: status === 'vor' && article % 2 === 0,
      awards: version === 1 ? ['A1', 'B2'] : ['A1'],
    }
  })
}

/** The JATS of a publication: all that makes more than one document for a recipient. */
export function jatsOf(publication: Publication): string {
  const { articleId, version, status, authors, withLetters, awards } = publication
  const doi = doiOf(publication)
  const people = authors.map(
    (address, index) =>
      `<contrib contrib-type="author" corresp="yes"><name><surname>Author${'ABC'[index]}</surname><given-names>Ada</given-names></name><email>${address}</email></contrib>`,
  )
  const money = awards.map(
    (number) =>
      `<award-group><funding-source><institution-wrap><institution>A funder</institution></institution-wrap></funding-source><award-id>${number}</award-id></award-group>`,
  )
  const letters = ['Decision letter', 'Author response'].map(
    (title, index) =>
      `<sub-article article-type="${index === 0 ? 'decision-letter' : 'reply'}" id="sa${index + 1}"><front-stub><article-id pub-id-type="doi">${doi}.sa${index + 1}</article-id><title-group><article-title>${title}</article-title></title-group></front-stub><body><p>Good.</p></body></sub-article>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article" xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta><journal-title-group><journal-title>eLife</journal-title></journal-title-group><issn publication-format="electronic">2050-084X</issn></journal-meta><article-meta>
<article-id pub-id-type="publisher-id">${articleId}</article-id><article-id pub-id-type="doi">${doi}</article-id>${withLetters ? `<article-id pub-id-type="doi" specific-use="version">${doi}.${version}</article-id>` : ''}
<article-categories><subj-group subj-group-type="display-channel"><subject>Research Article</subject></subj-group></article-categories>
<title-group><article-title>The article ${articleId}</article-title></title-group><contrib-group>${people.join('')}</contrib-group>
<pub-date date-type="pub" publication-format="electronic"><day>02</day><month>11</month><year>2026</year></pub-date><volume>15</volume><elocation-id>e${articleId}</elocation-id>
<permissions><license xlink:href="http://creativecommons.org/licenses/by/4.0/"/></permissions><abstract><p>Words.</p></abstract><funding-group>${money.join('')}</funding-group></article-meta></front>${status === 'vor' ? '<body><p>Text.</p></body>' : ''}${withLetters ? letters.join('') : ''}</article>
`
}

/** The article JSON of a publication, as much as the article store wants. */
export function articleJsonOf(publication: Publication): Record<string, unknown> {
  const { articleId, version, status } = publication
  const content = [{ type: 'paragraph', text: 'Words.' }]
  return {
    id: articleId,
    version,
    status,
    type: 'research-article',
    stage: 'published',
    doi: doiOf(publication),
    title: `The article ${articleId}`,
    published: '2026-11-02T00:00:00Z',
    versionDate: `2026-11-0${version + 1}T00:00:00Z`,
    volume: 15,
    elocationId: `e${articleId}`,
    copyright: { license: 'CC-BY-4.0', holder: 'The authors', statement: 'Free to use.' },
    authorLine: 'Ada AuthorA',
    authors: [{ type: 'person', name: { preferred: 'Ada AuthorA', index: 'AuthorA, Ada' } }],
    abstract: { content },
    ...(status === 'vor' && { body: [{ type: 'section', id: 's1', title: 'Section', content }] }),
  }
}
