import type { Journal } from '@continuum/article'

/** Whose articles the local environment takes: the sample's own journal, and one real journal as an example. Data, never code. */
export const localJournals: Journal[] = [
  {
    name: 'The Continuum Sampler',
    publisher: 'The Continuum contributors',
    prefix: 'continuum',
    doiPrefix: '10.5555/continuum.',
    idDigits: 5,
    firstVolumeYear: 2026,
  },
  {
    name: 'eLife',
    publisher: 'eLife Sciences Publications, Ltd',
    prefix: 'elife',
    doiPrefix: '10.7554/eLife.',
    idDigits: 5,
    firstVolumeYear: 2012,
    issn: '2050-084X',
  },
]
