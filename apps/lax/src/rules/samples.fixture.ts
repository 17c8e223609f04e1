import { journalWithDefaults } from '@continuum/article'
export const journal = journalWithDefaults({
  name: 'eLife',
  publisher: 'A Publisher',
  prefix: 'elife',
  doiPrefix: '10.7554/eLife.',
  idDigits: 5,
  firstVolumeYear: 2012,
  publicApi: true,
})

export const section = {
  type: 'section',
  id: 's1',
  title: 'Results',
  content: [{ type: 'paragraph', text: 'Naïve <i>text</i>.' }],
}

/** Returns minimal article JSON; `more` overrides keys, and `undefined` removes them. */
export function sampleArticle(more: { id?: string; [key: string]: unknown } = {}): Record<string, unknown> {
  const { id = '00353' } = more
  return {
    '-history': { received: '2012-11-01T00:00:00Z', accepted: '2012-12-01T00:00:00Z' },
    status: 'vor',
    id,
    version: 1,
    type: 'research-article',
    doi: `10.7554/eLife.${id}`,
    title: 'A good life',
    published: '2012-12-13T00:00:00Z',
    volume: 1,
    elocationId: `e${id}`,
    copyright: { license: 'CC-BY-3.0', holder: 'Researcher', statement: 'Free to use.' },
    body: [section],
    stage: 'published',
    statusDate: '2099-01-01T00:00:00Z',
    ...more,
  }
}
