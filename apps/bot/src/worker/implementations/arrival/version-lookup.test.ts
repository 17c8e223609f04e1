import { runActivity } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { run, startTestBot } from '../../../testing/bot.ts'
import { implementVersionLookup } from './version-lookup.ts'

test('the version is the next after those that lax has published, or the one in the name', async () => {
  const answer = ({ url }: { url: string }) =>
    url === '/api/v1/article/00007/version/' ? { json: { 1: {}, 2: {} } } : { status: 500 }
  const bot = await startTestBot({ answer })
  const lookup = async (fileName: string) =>
    (await runActivity(implementVersionLookup(bot.tools), { articleId: '00007', version: 0, run, fileName })).output
  expect(await lookup('journal-00007-vor-r1.zip')).toEqual({ version: 3 })
  expect(bot.property('publication-status')).toMatchObject({ version: 3, value: 'publication in progress' })
  expect(bot.property('article-id')).toMatchObject({ version: 0, value: '00007' })
  expect(await lookup('journal-00007-vor-v1-20121213000000.zip')).toEqual({ version: 1 })
})

test('an article that lax does not know is version 1; any other answer than these is tried again', async () => {
  let status = 404
  const bot = await startTestBot({ answer: () => ({ status, json: { title: 'not found' } }) })
  const input = { articleId: '00007', version: 0, run, fileName: 'journal-00007-vor-r1.zip' }
  expect((await runActivity(implementVersionLookup(bot.tools), input)).output).toEqual({ version: 1 })
  for (status of [403, 500, 503]) {
    await expect(runActivity(implementVersionLookup(bot.tools), input)).rejects.toMatchObject({ retry: true })
  }
})
