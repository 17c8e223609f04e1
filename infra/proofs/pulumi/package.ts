import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Checkout } from './checkout.ts'

/** A package of one of an environment's journals, and the id of its article. */
export interface TestPackage {
  file: string
  articleId: string
}

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/**
 * A real package if the developers' collection is there, or else the sample article. The checkout's environment gets its journal beside
 * the one that it has, if that is another.
 *
 * @param journal the one journal of the environment
 */
export function testPackage(checkout: Checkout, environment: string, journal: 'elife' | 'sampler'): TestPackage {
  const real = at('../shared/articles/elife-22661-vor-r1.zip')
  const sent = existsSync(real) ? 'elife' : 'sampler'
  if (sent !== journal)
    checkout.change(
      `infra/environments/${environment}.ts`,
      `journals: ['${journal}']`,
      `journals: ['${journal}', '${sent}']`,
    )
  // Ids of the first journal are bare numbers.
  const prefix = (of: string) => (sent === journal ? '' : `${of}-`)
  return sent === 'elife'
    ? { file: real, articleId: `${prefix('elife')}22661` }
    : { file: at('sample/continuum-00001-vor-r1.zip'), articleId: `${prefix('continuum')}00001` }
}
