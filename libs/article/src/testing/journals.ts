import type { Journal } from '../journal.ts'

/** The journal of the real packages that tests read. */
export const elife: Journal = {
  name: 'eLife',
  publisher: 'eLife Sciences Publications, Ltd',
  prefix: 'elife',
  doiPrefix: '10.7554/eLife.',
  idDigits: 5,
  firstVolumeYear: 2012,
  issn: '2050-084X',
}

/** The journal of this project's own sample article. */
export const continuum: Journal = {
  name: 'Continuum',
  publisher: 'Continuum',
  prefix: 'continuum',
  doiPrefix: '10.5555/continuum.',
  idDigits: 5,
  firstVolumeYear: 2020,
}
