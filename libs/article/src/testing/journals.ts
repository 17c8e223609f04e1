import { journalWithDefaults, standardPackageName } from '../journal/complete.ts'
import type { Journal } from '../journal/journal.ts'

const likeElife = {
  idDigits: 5,
  numberPattern: '[0-9]{1,15}',
  numberFrom: ['publisher-id', 'doi'],
  doi: { check: 'number' },
  elocationId: 'e{number}',
  packageNames: [standardPackageName],
  licences: ['CC-BY', 'CC0'],
  publicationDate: { precision: 'day', types: ['pub', 'publication', 'epub'] },
}

/** The journal of the real packages that tests read. */
export const elife: Journal = journalWithDefaults({
  ...likeElife,
  name: 'eLife',
  publisher: 'eLife Sciences Publications, Ltd',
  prefix: 'elife',
  doiPrefix: '10.7554/eLife.',
  firstVolumeYear: 2012,
  issn: '2050-084X',
})

/** The journal of this project's own sample article. */
export const continuum: Journal = journalWithDefaults({
  ...likeElife,
  name: 'Continuum',
  publisher: 'Continuum',
  prefix: 'continuum',
  doiPrefix: '10.5555/continuum.',
  firstVolumeYear: 2020,
})

/** A journal with nothing but the five values. */
export const plain: Journal = journalWithDefaults({
  name: 'Journal of Plain Examples',
  publisher: 'Example Press',
  prefix: 'plain',
  doiPrefix: '10.5555/plain.',
  issn: '1234-5679',
})

/** A journal whose numbers, names and figures are like those of PLOS. */
export const dotted: Journal = journalWithDefaults({
  name: 'Dotted One',
  publisher: 'Example Press',
  prefix: 'dotted',
  doiPrefix: '10.5555/journal.',
  issn: '2345-6780',
  numberPattern: 'done\\.[0-9]{7}',
  numberExample: 'done.0012345',
  fileStem: 'journal.{number}',
  packageNames: ['journal\\.(?<number>{number})(?:-v(?<version>[1-9][0-9]{0,8}))?\\.zip'],
})
