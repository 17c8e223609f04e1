import type { Journal } from '@continuum/article'

/** A real journal, as an example. */
export const elife: Journal = {
  name: 'eLife',
  publisher: 'eLife Sciences Publications, Ltd',
  prefix: 'elife',
  doiPrefix: '10.7554/eLife.',
  idDigits: 5,
  firstVolumeYear: 2012,
  issn: '2050-084X',
}
