import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { connectDatabase, createLogger } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import { expect, test } from 'vitest'

test('articles that were kept by number are kept by id, and are still related', async () => {
  await using database = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rmSync(folder, { recursive: true }))
  const logger = createLogger({ service: 'lax', level: 'silent' })
  const all = new URL('../migrations/', import.meta.url)
  cpSync(new URL('001-contents.sql', all), join(folder, '001-contents.sql'))
  const connect = (migrations: URL) => connectDatabase({ url: database.url, schema: 'lax', migrations, logger, max: 1 })

  const before = await connect(pathToFileURL(`${folder}/`))
  for (const [article, id, related] of [
    [353, '00353', '{100254,7}'],
    [100254, '100254', '{}'],
  ] as const) {
    const snippet = JSON.stringify({ id })
    await before`
      insert into content (article, version, stage, run, doi, status, updated, fingerprint, head, body, snippet, history,
        related, related_external, related_preprints)
      values (${article}, 1, 'preview', 'r', 'd', 'vor', now(), 'f', '{}', '{}', ${snippet}, '{}', ${related}::bigint[], '[]', '[]')`
    await before`
      insert into event (article, version, event, stage, run, forced, at)
      values (${article}, 1, 'ingest', 'preview', 'r', false, now())`
  }
  await before.end()

  const after = await connect(all)
  expect(await after`select article, related from content order by length(article)`).toEqual([
    { article: '00353', related: ['100254', '00007'] },
    { article: '100254', related: [] },
  ])
  expect(await after`select article from event order by sequence`).toEqual([
    { article: '00353' },
    { article: '100254' },
  ])
  await after.end()
})
