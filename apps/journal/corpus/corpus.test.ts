import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runFolder } from './run.ts'
import { tableOf, textOfTable, worsenings, type Table } from './table.ts'

/** Articles of other publishers lie beside the repository, not in it; the test skips where they are absent. */
const corpus = new URL('../../../../shared/jats-corpus/', import.meta.url)

const kept: Table = JSON.parse(readFileSync(new URL('table.json', import.meta.url), 'utf8'))

test.skipIf(!existsSync(corpus))('the corpus converts as well as the table says, or better', () => {
  const table = tableOf([...runFolder(corpus.pathname)])
  process.stdout.write(`${textOfTable(table)}\n`)
  // Better figures are kept: npm run corpus -- ../shared/jats-corpus --json apps/journal/corpus/table.json
  expect(worsenings(kept, table)).toEqual([])
})
