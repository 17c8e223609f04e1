import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { readSettings, SettingsError, toEnvironment } from './settings.ts'
import { DatabaseSettings, HttpSettings, ProcessSettings } from './shared-settings.ts'

const Schema = Type.Object({
  ...HttpSettings,
  ...DatabaseSettings,
  ...ProcessSettings,
  LAX_TOKEN: Type.String({ minLength: 8 }),
  JOURNALS: Type.Array(Type.Object({ name: Type.String(), idDigits: Type.Integer() })),
  SITE_URL: Type.Optional(Type.String()),
})
const url = 'postgres://me:secret-word@127.0.0.1/x'

test('text becomes what the schema says, and defaults fill the gaps', () => {
  const env = {
    PORT: '4602',
    DATABASE_URL: url,
    LAX_TOKEN: '12345678',
    JOURNALS: '[{"name":"eLife","idDigits":5}]',
    SITE_URL: '',
  }
  expect(readSettings(Schema, env)).toEqual({
    HOST: '127.0.0.1',
    PORT: 4602,
    DATABASE_URL: url,
    LOG_LEVEL: 'info',
    HEALTH_HOST: '127.0.0.1',
    HEALTH_PORT: 0,
    STOP_WITH_PARENT: false,
    STOP_SECONDS: 3,
    LAX_TOKEN: '12345678',
    JOURNALS: [{ name: 'eLife', idDigits: 5 }],
  })
})

test('all problems are told at once, by name, without repeating what is secret', () => {
  const env = {
    PORT: '4602x',
    DATABASE_URL: 'mysql://me:secret-word@h',
    LOG_LEVEL: 'loud',
    STOP_WITH_PARENT: 'yes',
    JOURNALS: 'no',
  }
  const problems = problemsOf(() => readSettings(Schema, env))
  expect(problems).toEqual([
    'PORT must be a whole number from 0 to 65535 (the port to listen on; 0 takes any free one), but is "4602x"',
    expect.stringMatching(/^DATABASE_URL must be text that matches /),
    'LOG_LEVEL must be one of trace, debug, info, warn, error, silent, but is "loud"',
    'STOP_WITH_PARENT must be true or false (stop when standard input ends), but is "yes"',
    'LAX_TOKEN is missing: it must be text of at least 8 characters',
    'JOURNALS must be a JSON list, but is "no"',
  ])
  expect(problems.join('\n')).not.toContain('secret-word')
})

test.each(['', ' ', '1e3', '0x10', '70000', '-1', '1.5'])('%j is no port', (PORT) => {
  expect(problemsOf(() => readSettings(Type.Object(HttpSettings), { PORT }))).toHaveLength(1)
})

test('what toEnvironment writes, readSettings reads back', () => {
  const settings = {
    HOST: '0.0.0.0',
    PORT: 0,
    DATABASE_URL: url,
    LOG_LEVEL: 'debug' as const,
    HEALTH_HOST: '127.0.0.1',
    HEALTH_PORT: 4620,
    STOP_WITH_PARENT: true,
    STOP_SECONDS: 60,
    LAX_TOKEN: '12345678',
    JOURNALS: [{ name: 'a "quoted" name', idDigits: 5 }],
  }
  expect(readSettings(Schema, toEnvironment(Schema, settings))).toEqual(settings)
})

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read()
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}

test('empty text is a value where a pattern takes it, and absent everywhere else', () => {
  const schema = Type.Object({
    PREFIX: Type.String({ default: 'local-', pattern: '^([a-z]+-)*$' }),
    HOST: Type.String({ default: '127.0.0.1' }),
  })
  expect(readSettings(schema, { PREFIX: '', HOST: '' })).toEqual({ PREFIX: '', HOST: '127.0.0.1' })
  expect(readSettings(schema, {})).toEqual({ PREFIX: 'local-', HOST: '127.0.0.1' })
})
