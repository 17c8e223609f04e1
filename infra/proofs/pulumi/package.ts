import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Checkout } from './checkout.ts'

/** A package of a journal that continuum-test has, and whose article it is. */
export interface TestPackage {
  file: string
  articleId: string
}

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/**
 * A real package where the project's developers keep them, or else the project's own sample article, for whose journal the
 * checkout's continuum-test is asked then.
 */
export function testPackage(checkout: Checkout): TestPackage {
  const real = at('../shared/articles/elife-22661-vor-r1.zip')
  if (existsSync(real)) return { file: real, articleId: '22661' }
  const file = 'infra/environments/continuum-test.ts'
  checkout.change(file, "journals: ['elife']", "journals: ['elife', 'sampler']")
  return { file: at('sample/continuum-00001-vor-r1.zip'), articleId: '00001' }
}
