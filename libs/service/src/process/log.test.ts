import { expect, test } from 'vitest'
import { createLogger } from './log.ts'

function logged(write: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  const lines: string[] = []
  write(createLogger({ service: 'bot', level: 'info', stream: { write: (line) => lines.push(line) } }))
  expect(lines).toHaveLength(1)
  return JSON.parse(lines.join(''))
}

test('a line is JSON with UTC time, level as a word, service and message', () => {
  const line = logged((logger) => logger.info({ articleId: '00353' }, 'expanded'))
  expect(line).toMatchObject({ level: 'info', service: 'bot', message: 'expanded', articleId: '00353' })
  expect(line['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
})

test('secrets are not written, at any depth at which we log', () => {
  const line = logged((logger) =>
    logger.info({
      password: 'hush',
      request: { headers: { authorization: 'hush', cookie: 'hush' } },
      link: { token: 'hush' },
    }),
  )
  expect(JSON.stringify(line)).not.toContain('hush')
})

test('an error keeps its message and its cause', () => {
  const line = logged((logger) => logger.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed'))
  expect(JSON.stringify(line['err'])).toMatch(/outer.*inner/)
})
