import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { IncompleteArticle, MalformedXml, parseArticleXml, toEif } from '@continuum/article'
import { expect, test } from 'vitest'
import { fieldErrorsOf } from '../src/editions/eif-errors.ts'
import { journalOf } from './run.ts'
import { sourceOf } from './table.ts'

/** The pipeline's EIF of real articles of many publishers, and the site that takes it. */

const folder = new URL('../../../../shared/jats-corpus/', import.meta.url)
const absent = existsSync(folder) ? undefined : '../shared is not beside the repository'

test.skipIf(absent)('the site takes the EIF of every article that has one', () => {
  const refused: string[] = []
  let taken = 0
  for (const name of readdirSync(folder).filter((file) => /\.n?xml$/i.test(file))) {
    const errors = errorsOf(name)
    if (errors?.length === 0) taken++
    else if (errors) refused.push(`${name}: ${JSON.stringify(errors).slice(0, 200)}`)
  }
  expect(refused).toEqual([])
  expect(taken).toBeGreaterThan(100)
})

/** Undefined where the XML is no article or lacks what an EIF needs, which Check Package tells. */
function errorsOf(name: string) {
  try {
    const xml = parseArticleXml(readFileSync(new URL(name, folder)))
    const eif: unknown = JSON.parse(JSON.stringify(toEif(xml, { journal: journalOf(sourceOf(name)), version: 1 })))
    return fieldErrorsOf(eif)
  } catch (error) {
    if (error instanceof IncompleteArticle || error instanceof MalformedXml) return undefined
    throw error
  }
}
