import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { connectDatabase, createLogger } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import { expect, test } from 'vitest'
import { sampleEif } from './editions/samples.fixture.ts'

test('editions that were kept by number are kept by id, padded as they were posted', async () => {
  await using database = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rmSync(folder, { recursive: true }))
  const logger = createLogger({ service: 'journal', level: 'silent' })
  const all = new URL('./migrations/', import.meta.url)
  cpSync(new URL('001-editions.sql', all), join(folder, '001-editions.sql'))
  const connect = (migrations: URL) =>
    connectDatabase({ url: database.url, schema: 'journal', migrations, logger, max: 1 })

  const before = await connect(pathToFileURL(`${folder}/`))
  for (const [article, version, stage, id] of [
    [353, 1, 'published', '00353'],
    [353, 2, 'preview', '00353'],
    [7, 1, 'published', '000007'],
    [100254, 1, 'published', '100254'],
  ] as const) {
    const eif = JSON.stringify(sampleEif({ 'article-id': id, version }))
    await before`
      insert into edition (article, version, stage, eif, published)
      values (${article}, ${version}, ${stage}, ${eif}, ${stage === 'published' ? '2012-12-13T00:00:00Z' : null})`
  }
  await before.end()

  const after = await connect(all)
  expect(await after`select article, version, stage from edition order by article, version`).toEqual([
    { article: '000007', version: 1, stage: 'published' },
    { article: '00353', version: 1, stage: 'published' },
    { article: '00353', version: 2, stage: 'preview' },
    { article: '100254', version: 1, stage: 'published' },
  ])
  const add = (article: string) =>
    after`insert into edition (article, version, stage, eif) values (${article}, 1, 'preview', '{}')`
  await add('ijm-00353')
  await expect(add('ijm-00353')).rejects.toThrow('edition_pkey')
  await expect(add('IJM_353')).rejects.toThrow('check constraint')
  await after.end()
})
