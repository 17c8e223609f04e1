import { expect, test } from 'vitest'
import { logger, startDatabase } from '../web/dashboard.fixture.ts'
import { readyRun } from '../derive/history/messages.fixture.ts'
import { currentBody } from '../store/lists.ts'
import { refreshOutdated } from './refresh-outdated.ts'

test('rows are derived again from the messages when the code or a setting changes', async () => {
  await using database = await startDatabase()
  await database.receive([...readyRun(), ...readyRun(0, { article: '04970' })])
  await database.sql`update article set derivation = 'older'`
  await database.sql`update current_run set api_row = '{}', section = 'error' where article = '00353'`
  await refreshOutdated(database.sql, 'https://other.test/', logger)
  const { uir, error } = JSON.parse(await currentBody(database.sql))
  expect(error).toEqual([])
  expect(uir).toMatchObject([
    { id: '00353', 'preview-link': 'https://other.test/content/1/e00353v1' },
    { id: '04970', 'preview-link': 'https://other.test/content/1/e04970v1' },
  ])
})
