import { fileURLToPath } from 'node:url'

/** The project's own sample article, fed where no package is named. */
export const samplePath = fileURLToPath(new URL('../../../../sample/continuum-00001-vor-r1.zip', import.meta.url))
