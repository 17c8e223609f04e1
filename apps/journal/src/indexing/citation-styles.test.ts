import { expect, test } from 'vitest'
import { plainText } from '../markup/sanitise.ts'
import { styledCitations } from './citation-styles.ts'
import type { ArticleFacts, Author } from './facts.ts'

const author = (index: string): Author => ({ name: index.split(', ').toReversed().join(' '), index, institutions: [] })
const group: Author = { name: 'The Example Group', institutions: [] }
const facts: ArticleFacts = {
  id: '00353',
  version: 1,
  doi: '10.7554/eLife.00353',
  title: 'Does it last?',
  authors: [author('Fu, Ying-Hui'), author('Burgess, H. J.'), group],
  keywords: [],
  subjects: [],
  language: 'en',
  type: 'research-article',
  journal: { name: 'eLife', publisher: 'P', issn: undefined },
  volume: '5',
  elocationId: 'e00353',
  published: '2016-10-05',
  url: 'https://journal.example.org/articles/00353',
}
const cited = (more: Partial<ArticleFacts>) =>
  Object.fromEntries(
    styledCitations({ ...facts, ...more }).map(({ style, citation }) => [
      style,
      plainText(citation.toString().replaceAll('&#x2F;', '/')),
    ]),
  )

test('an article is cited as each style has it', () => {
  expect(cited({})).toEqual({
    APA: 'Fu, Y.-H., Burgess, H. J., & The Example Group. (2016). Does it last? eLife, 5, e00353. https://doi.org/10.7554/eLife.00353',
    Chicago:
      'Fu, Ying-Hui, H. J. Burgess, and The Example Group. 2016. “Does it last?” eLife 5: e00353. https://doi.org/10.7554/eLife.00353.',
    Harvard:
      'Fu, Y.-H., Burgess, H. J. and The Example Group (2016) ‘Does it last?’, eLife, 5, e00353. Available at: https://doi.org/10.7554/eLife.00353.',
    MLA: 'Fu, Ying-Hui, et al. “Does it last?” eLife, vol. 5, 2016, e00353, https://doi.org/10.7554/eLife.00353.',
    Vancouver: 'Fu YH, Burgess HJ, The Example Group. Does it last? eLife. 2016;5:e00353. doi: 10.7554/eLife.00353',
  })
})

test('an article without a volume, of printed pages, by one author, is cited by what is known', () => {
  const { volume: _volume, elocationId: _place, ...rest } = facts
  const pages = '12–34'
  const known = styledCitations({ ...rest, title: 'A title', pages, authors: [author('Lovelace, Ada')] })
  const texts = known.map(({ citation }) => plainText(citation.toString().replaceAll('&#x2F;', '/')))
  expect(texts).toEqual([
    'Lovelace, A. (2016). A title. eLife, 12–34. https://doi.org/10.7554/eLife.00353',
    'Lovelace, Ada. 2016. “A title.” eLife, 12–34. https://doi.org/10.7554/eLife.00353.',
    'Lovelace, A. (2016) ‘A title’, eLife, 12–34. Available at: https://doi.org/10.7554/eLife.00353.',
    'Lovelace, Ada. “A title.” eLife, 2016, pp. 12–34, https://doi.org/10.7554/eLife.00353.',
    'Lovelace A. A title. eLife. 2016:12–34. doi: 10.7554/eLife.00353',
  ])
})

test.for([
  ['APA', 21, /^A1, A2, .*A19, \. \. \. A21\. \(2016\)/],
  ['Chicago', 11, /^A1, A2, A3, A4, A5, A6, A7, et al\. 2016/],
  ['Harvard', 4, /^A1 et al\. \(2016\)/],
  ['MLA', 3, /^A1, et al\. /],
  ['Vancouver', 7, /^A1, A2, A3, A4, A5, A6, et al\. /],
] as const)('%s shortens a list of %d authors', ([style, number, pattern]) => {
  const authors = Array.from({ length: number }, (_, index) => ({ name: `A${index + 1}`, institutions: [] }))
  expect(cited({ authors })[style]).toMatch(pattern)
})
