import { readFileSync, writeFileSync } from 'node:fs'
import { deriveSchema } from './derive.ts'

/** Writes `schema/article.json`: `node libs/article/src/schema/write.ts`, after a change to `changes.ts`. */
const folder = new URL('../../schema/', import.meta.url)
const theirs = JSON.parse(readFileSync(new URL('public-api/article-vor.v8.json', folder), 'utf8'))
writeFileSync(new URL('article.json', folder), `${JSON.stringify(deriveSchema(theirs), undefined, 2)}\n`)
