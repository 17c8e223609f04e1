import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { journalsOf } from '@continuum/article'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { environmentNames, loadEnvironment, sourcedEnvironment } from './folder.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'environments-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const journal = (prefix: string) => ({
  name: `Journal ${prefix}`,
  publisher: 'P',
  prefix,
  doiPrefix: '10.5555/x.',
  idDigits: 5,
  firstVolumeYear: 2000,
})
const least = { journals: [journal('one')] }
const write = (name: string, says: unknown) =>
  writeFileSync(join(folder, `${name}.ts`), `export default ${JSON.stringify(says)}\n`)
const problemsOf = (name: string) =>
  loadEnvironment(name, folder).then(
    () => [],
    (error: unknown) => (error instanceof Error && 'problems' in error ? error.problems : [error]),
  )

describe('the environments of this project', () => {
  test('are the files of the folder, and each is right', async () => {
    const names = await environmentNames()
    expect(names).toEqual(['ci', 'continuum-test', 'local', 'prod', 'small'])
    for (const name of names) expect((await loadEnvironment(name)).name).toBe(name)
  })

  test('have optional parts only where they ask for them', async () => {
    const parts = async (name: string) => {
      const environment = await loadEnvironment(name)
      return (['domain', 'database', 'cdn', 'alarms'] as const).filter((part) => environment[part] !== undefined)
    }
    expect(await parts('local')).toEqual([])
    expect(await parts('ci')).toEqual(['database'])
    expect(await parts('continuum-test')).toEqual(['domain', 'database', 'cdn', 'alarms'])
    expect(await parts('prod')).toEqual(['domain', 'database', 'cdn', 'alarms'])
  })
})

describe('the shape small', () => {
  const small = { ...least, shape: 'small', task: { cpu: 256, memory: 2048 } }

  test('has one task, of a size that Fargate offers, and no sizes of processes', async () => {
    write('press', small)
    expect((await loadEnvironment('press', folder)).task).toEqual({ cpu: 256, memory: 2048 })
    write('unsized', { ...small, prefix: 'u-', task: undefined, processes: { worker: { memory: 4096 } } })
    expect(await problemsOf('unsized')).toEqual([
      expect.stringContaining('unsized.ts: task is required by the shape small'),
      expect.stringContaining('unsized.ts: processes.worker.memory does not apply to the shape small'),
    ])
    write('odd', { ...small, task: { cpu: 256, memory: 4096 } })
    expect(await problemsOf('odd')).toEqual([expect.stringContaining('odd.ts: task.memory must be from 512 to 2048')])
  })

  test('is asked for: a task without it is refused', async () => {
    write('press', { ...least, task: { cpu: 256, memory: 2048 } })
    expect(await problemsOf('press')).toEqual([expect.stringContaining('task does not apply to the shape separate')])
  })
})

describe('a new environment', () => {
  test('is a new file of ten lines beside the others, and nothing else', async () => {
    const own = fileURLToPath(new URL('../..', import.meta.url))
    // Below the project, where its packages are found, in a folder that git does not see.
    const copy = join(own, '../../.nx', `environments-${process.pid}`)
    try {
      cpSync(own, copy, { recursive: true, filter: (path) => !path.includes('node_modules') })
      writeFileSync(
        join(copy, 'small-press.ts'),
        `import type { Overrides } from './src/index.ts'

export default {
  region: 'eu-west-1',
  organisation: 'small-press',
  journals: ['sampler'],
  siteName: 'Small Press',
  database: { engine: 'rds', class: 'db.t4g.micro', storageGigabytes: 20 },
} satisfies Overrides
`,
      )
      expect(await environmentNames(copy)).toContain('small-press')
      expect(await loadEnvironment('small-press', copy)).toMatchObject({
        name: 'small-press',
        prefix: 'small-press-',
        region: 'eu-west-1',
        database: { backupDays: 7 },
      })
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  })

  test('needs its journals, and has a prefix from its name', async () => {
    write('bare', {})
    expect(await problemsOf('bare')).toEqual([
      'bare.ts: journals is missing: expected a JSON list (the journals that it publishes)',
    ])
    write('tiny', least)
    const { environment, sources } = await sourcedEnvironment('tiny', folder)
    expect(environment.prefix).toBe('tiny-')
    expect(sources.get('prefix')).toBe('derived')
    expect(sources.get('region')).toBe('defaults.ts')
    expect(sources.get('journals')).toBe('tiny.ts')
  })
})

describe('a journal', () => {
  test('is named by its file, and the first is the default', async () => {
    mkdirSync(join(folder, 'journals'))
    writeFileSync(join(folder, 'journals/one.json'), JSON.stringify(journal('one')))
    write('tiny', { journals: ['one', journal('two')] })
    const { journals } = await loadEnvironment('tiny', folder)
    expect(journalsOf(journals).map(({ prefix, bareIds }) => [prefix, bareIds])).toEqual([
      ['one', true],
      ['two', false],
    ])
  })

  test('that has no file is told with those that have', async () => {
    mkdirSync(join(folder, 'journals'))
    writeFileSync(join(folder, 'journals/one.json'), JSON.stringify(journal('one')))
    write('tiny', { journals: ['oen'] })
    expect(await problemsOf('tiny')).toEqual([
      'tiny.ts: journals.0 is "oen", which has no file in journals/. Known journals: one',
    ])
  })

  test('of this project is right, and can be completed', async () => {
    for (const name of await environmentNames()) {
      expect(journalsOf((await loadEnvironment(name)).journals).length).toBeGreaterThan(0)
    }
  })
})

describe('an optional part', () => {
  test('asked for with nothing said is what the defaults say', async () => {
    write('tiny', { ...least, cdn: {} })
    const { environment, sources } = await sourcedEnvironment('tiny', folder)
    expect(environment.cdn).toEqual({ priceClass: 'PriceClass_100', journal: false })
    expect(sources.get('cdn.priceClass')).toBe('defaults.ts')
    expect(environment.alarms).toBeUndefined()
  })
})

describe('what is not right', () => {
  test('is said all at once, with the file and the path', async () => {
    write('odd', {
      ...least,
      region: 'here',
      processes: { worker: { memory: 100 }, wroker: { count: 2 } },
      colour: 'blue',
    })
    expect(await problemsOf('odd')).toEqual([
      'odd.ts: region must be text that matches ^[a-z]{2}(-[a-z]+)+-[0-9]$ (the AWS region), but is "here"',
      'odd.ts: processes.worker.memory must be a whole number from 512 to 122880 (MB), but is 100',
      expect.stringMatching(/^odd\.ts: processes\.wroker is unknown\. Known keys: decider, worker, /),
      expect.stringMatching(/^odd\.ts: colour is unknown\. Known keys: name, region, /),
    ])
  })

  test('in a file that says nothing, or that can not be read', async () => {
    writeFileSync(join(folder, 'mute.ts'), 'export const other = 1\n')
    writeFileSync(join(folder, 'broken.ts'), 'throw new Error("no such thing")\n')
    expect(await problemsOf('mute')).toEqual(['mute.ts: must have `export default { ... } satisfies Overrides`'])
    expect(await problemsOf('broken')).toEqual(['broken.ts: cannot be read: no such thing'])
  })

  test('a name that nobody knows: the known ones are listed, and how to make it', async () => {
    write('one', least)
    write('two', least)
    await expect(loadEnvironment('three', folder)).rejects.toThrow(
      `Unknown environment "three". Known environments: one, two. To add one, create ${join(folder, 'three.ts')}`,
    )
  })
})

test('the buckets of an environment whose account is known end with it, unless its file says otherwise', async () => {
  const suffixOf = async (says: object) => {
    // Each file is loaded once.
    const name = `one-${Object.keys(says).length}-${JSON.stringify(says).length}`
    write(name, { ...least, ...says })
    const { bucketSuffix } = await loadEnvironment(name, folder)
    rmSync(join(folder, `${name}.ts`))
    return bucketSuffix
  }
  expect(await suffixOf({})).toBe('')
  expect(await suffixOf({ account: '123456789012' })).toBe('123456789012')
  expect(await suffixOf({ account: '123456789012', bucketSuffix: '' })).toBe('')
  expect(await suffixOf({ bucketSuffix: 'press' })).toBe('press')
})

describe('two environments', () => {
  test('may not have one prefix', async () => {
    write('one', { ...least, prefix: 'x-' })
    write('two', { ...least, prefix: 'x-' })
    expect(await problemsOf('two')).toEqual([
      'two.ts: prefix and organisation give it the buckets of one (x-continuum-production-final): choose another prefix or bucketSuffix',
      'two.ts: prefix gives it the queues and the SWF domain of one (Publish.x): choose another prefix',
    ])
  })

  test('may not have one copy of the archive, nor one the bucket of the other as its copy', async () => {
    const archiveCopy = { region: 'eu-west-1', bucket: 'safe' }
    write('one', { ...least, prefix: 'x-', archiveCopy })
    write('two', { ...least, prefix: 'y-', archiveCopy })
    expect(await problemsOf('two')).toEqual([
      'two.ts: archiveCopy gives it the buckets of one (safe): choose another archiveCopy.bucket',
    ])
    write('three', {
      ...least,
      prefix: 'z-',
      archiveCopy: { region: 'eu-west-1', bucket: 'x-continuum-publishing-xml' },
    })
    expect(await problemsOf('three')).toEqual([
      'three.ts: archiveCopy gives it the buckets of one (x-continuum-publishing-xml): choose another archiveCopy.bucket',
    ])
  })

  test("may have one prefix in two regions, if the organisation differs: bucket names are the whole world's", async () => {
    write('one', { ...least, prefix: 'x-' })
    write('two', { ...least, prefix: 'x-', region: 'eu-west-1' })
    expect(await problemsOf('two')).toHaveLength(1)
    write('three', { ...least, prefix: 'x-', region: 'eu-west-2', organisation: 'press' })
    expect(await problemsOf('three')).toEqual([])
  })

  test('may not have one host', async () => {
    write('one', { ...least, domain: { name: 'press.org', hosts: { journal: 'www.press.org' } } })
    write('two', { ...least, domain: { name: 'press.org', hosts: { lax: 'www.press.org' } } })
    expect(await problemsOf('two')).toEqual(['two.ts: domain.hosts.lax is also a host of one: www.press.org'])
  })

  test('takes images from another environment that there is', async () => {
    write('one', least)
    write('two', { journals: [journal('two')], promotedFrom: 'one' })
    write('three', { journals: [journal('three')], promotedFrom: 'three' })
    expect(await problemsOf('two')).toEqual([])
    expect(await problemsOf('three')).toEqual(['three.ts: promotedFrom must be one of one, two, but is three'])
  })

  test('may not both be the unique one of a journal', async () => {
    write('one', { ...least, unique: true })
    write('two', { ...least, unique: true })
    write('other', { journals: [journal('other')], unique: true })
    expect(await problemsOf('two')).toEqual([
      'two.ts: unique cannot be true: one is already the unique environment of the journal Journal one',
    ])
    expect(await problemsOf('other')).toEqual([])
  })

  test('do not disturb each other with mistakes of their own', async () => {
    write('one', { ...least, region: 'nowhere' })
    write('two', least)
    expect(await problemsOf('two')).toEqual([])
  })
})
