import { createRequire } from 'node:module'
import type { SchemaName } from './public-schemas.ts'

const require = createRequire(import.meta.url)

/** Tells whether JSON is an article by a schema. The code of that was written ahead of time: nothing is compiled here. */
export function isValid(name: SchemaName, article: unknown): boolean {
  const { default: check }: { default: (value: object) => boolean } = require('../../schema/compiled.js')
  return article !== undefined && check({ [name]: article })
}
