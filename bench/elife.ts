import { journalWithDefaults } from '@continuum/article'

/** The journal of the articles that benches convert. */
export const elife = journalWithDefaults({
  name: 'eLife',
  publisher: 'eLife Sciences Publications',
  prefix: 'elife',
  doiPrefix: '10.7554/eLife.',
  idDigits: 5,
  firstVolumeYear: 2012,
})
