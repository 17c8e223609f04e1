import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { publicDocument } from './public-document.ts'

const contractOf = (app: string) =>
  JSON.parse(readFileSync(new URL(`../../${app}/openapi.json`, import.meta.url), 'utf8'))

test('the contract is made of those of the services; vitest -u writes a changed one', async () => {
  const document = publicDocument({ lax: contractOf('lax'), metrics: contractOf('metrics') })
  await expect(`${JSON.stringify(document, undefined, 2)}\n`).toMatchFileSnapshot('../openapi.json')
})

test('no route of the pipeline or of operators is in it, and no method that writes', () => {
  const document = publicDocument({ lax: contractOf('lax'), metrics: contractOf('metrics') })
  const operations = Object.values(document.paths).flatMap((item) => Object.entries(item))
  expect(operations.map(([method]) => method).filter((method) => method !== 'get')).toEqual([])
  expect(operations.flatMap(([, { tags }]) => tags)).not.toEqual(expect.arrayContaining(['pipeline', 'operation']))
})
