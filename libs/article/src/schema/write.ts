import { readFileSync, writeFileSync } from 'node:fs'
import { compileSchema } from './compile.ts'
import { deriveSchema } from './derive.ts'
import { joinSchemas } from './join.ts'
import type { JsonObject } from './json-schema.ts'
import { fileOf, publicSchemas } from './public-schemas.ts'

/**
 * Writes `schema/article.json` and `schema/compiled.js`: `node libs/article/src/schema/write.ts`, after a change to `changes.ts` or to a schema
 * of the public API.
 */
const folder = new URL('../../schema/', import.meta.url)
const read = (path: string): JsonObject => JSON.parse(readFileSync(new URL(path, folder), 'utf8'))

writeFileSync(
  new URL('article.json', folder),
  `${JSON.stringify(deriveSchema(read('public-api/article-vor.v8.json')), undefined, 2)}\n`,
)
const all = (['article', ...publicSchemas] as const).map((name) => [name, read(fileOf(name))] as const)
writeFileSync(new URL('compiled.js', folder), compileSchema(joinSchemas(Object.fromEntries(all))))
