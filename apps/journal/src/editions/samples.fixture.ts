import { journalWithDefaults, type Journal } from '@continuum/article'
import type { Article } from '../article/article.ts'
import type { Eif } from './eif.ts'

export const cdnUrl = 'https://cdn.example'
export const journal = journalWithDefaults({
  name: 'eLife',
  publisher: 'A Publisher',
  prefix: 'elife',
  doiPrefix: '10.7554/eLife.',
  idDigits: 5,
  firstVolumeYear: 2012,
  issn: '2050-084X',
})

/** Another, whose articles' ids begin with its prefix. */
export const secondJournal: Journal = {
  ...journalWithDefaults({
    name: 'The Second Journal',
    publisher: 'Second Press',
    prefix: 'second',
    doiPrefix: '10.5555/second.',
    issn: '1234-5679',
  }),
  bareIds: false,
}

/** A document as the pipeline posts it, as small as may be. */
export function sampleEif(more: Partial<Eif> & Record<string, unknown> = {}): Eif {
  const { version = 1, 'article-id': id = '00353' } = more
  return {
    title: 'A good <italic>life</italic>',
    version,
    doi: `10.7554/eLife.${id}`,
    volume: 1,
    'elocation-id': `e${id}`,
    'article-id': id,
    'article-version-id': `${id}.${version}`,
    path: `content/1/e${id}v${version}`,
    'article-type': 'research-article',
    status: 'VOR',
    ...more,
  }
}

export function sampleArticle(more: Partial<Article> = {}): Article {
  return {
    id: '00353',
    version: 1,
    status: 'vor',
    type: 'research-article',
    doi: '10.7554/eLife.00353',
    title: 'A good <i>life</i>',
    volume: 1,
    elocationId: 'e00353',
    body: [{ type: 'section', id: 's1', title: 'Results', content: [{ type: 'paragraph', text: 'The text.' }] }],
    ...more,
  }
}
