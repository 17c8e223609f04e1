import type { Journal } from '@continuum/article'

/** The journal of the sample article. */
export const sampler: Journal = {
  name: 'The Continuum Sampler',
  publisher: 'The Continuum contributors',
  prefix: 'continuum',
  doiPrefix: '10.5555/continuum.',
  idDigits: 5,
  firstVolumeYear: 2026,
}
