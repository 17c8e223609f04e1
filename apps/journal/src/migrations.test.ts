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

test('lists of an older release have their members and numbers, and follow what it writes', async () => {
  await using database = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rmSync(folder, { recursive: true }))
  const logger = createLogger({ service: 'journal', level: 'silent' })
  const all = new URL('./migrations/', import.meta.url)
  const older = ['001-editions', '002-article-ids', '003-records', '004-withdrawals', '005-listings', '006-retractions']
  for (const name of older) cpSync(new URL(`${name}.sql`, all), join(folder, `${name}.sql`))
  const connect = (migrations: URL) =>
    connectDatabase({ url: database.url, schema: 'journal', migrations, logger, max: 1 })

  const before = await connect(pathToFileURL(`${folder}/`))
  const post = async (sql: typeof before, id: string, heading: string[], published = '2012-12-13T00:00:00Z') => {
    const eif = JSON.stringify(sampleEif({ 'article-id': id, categories: { heading } }))
    await sql`
      insert into edition (article, version, stage, eif, published) values (${id}, 1, 'published', ${eif}, ${published})
      on conflict (article, version, stage) do update set eif = excluded.eif`
    await sql`select refresh_record(${id})`
  }
  const withdraw = async (sql: typeof before, id: string) => {
    await sql`delete from edition where article = ${id}`
    await sql`select refresh_record(${id})`
  }
  await post(before, '00001', ['Ecology', 'Neuroscience'])
  await post(before, 'ijm-2', ['Ecology'])
  await post(before, '00003', ['Ecology'], '2013-01-01T00:00:00Z')
  await withdraw(before, '00003')
  await before.end()

  const after = await connect(all)
  const numbers = async () => {
    const rows = await after<{ list: string; articles: number }[]>`
      select kind || ':' || name as list, articles from list where articles > 0`
    return Object.fromEntries(rows.map(({ list, articles }) => [list, articles]))
  }
  const withEcology = async () =>
    (await after`select article from list_member where name = 'Ecology' order by 1`).map(({ article }) => article)
  expect(await numbers()).toEqual({
    'all:': 2,
    'journal:': 1,
    'journal:ijm': 1,
    'month:2012-12': 2,
    'subject:Ecology': 2,
    'subject:Neuroscience': 1,
  })
  expect(await withEcology()).toEqual(['00001', '00003', 'ijm-2'])

  await post(after, '00001', ['Physics'])
  await post(after, '00003', ['Ecology'], '2013-01-01T00:00:00Z')
  await withdraw(after, 'ijm-2')
  expect(await numbers()).toEqual({
    'all:': 2,
    'journal:': 2,
    'month:2012-12': 1,
    'month:2013-01': 1,
    'subject:Ecology': 1,
    'subject:Physics': 1,
  })
  expect(await withEcology()).toEqual(['00003', 'ijm-2'])
  await after.end()
})
