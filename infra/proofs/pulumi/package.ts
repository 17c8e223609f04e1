import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Checkout } from './checkout.ts'

/** A package of one of continuum-test's journals, and the id of its article. */
export interface TestPackage {
  file: string
  articleId: string
}

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/**
 * A real package if the developers' collection is there, or else the sample article, whose journal is then added to the checkout's
 * continuum-test.
 */
export function testPackage(checkout: Checkout): TestPackage {
  const real = at('../shared/articles/elife-22661-vor-r1.zip')
  if (existsSync(real)) return { file: real, articleId: '22661' }
  const file = 'infra/environments/continuum-test.ts'
  checkout.change(file, "journals: ['elife']", "journals: ['elife', 'sampler']")
  return { file: at('sample/continuum-00001-vor-r1.zip'), articleId: 'continuum-00001' }
}
