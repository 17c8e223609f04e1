import { namesOf } from '@continuum/aws-resources'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Environment } from '../model/environment.ts'
import { loadEnvironment } from '../load/folder.ts'
import { shapeErrors } from './shape.ts'
import { Environment as Schema } from '../model/environment.ts'
import { ruleErrors } from './rules.ts'

const right = await loadEnvironment('prod')
const problems = (changes: Partial<Environment>) =>
  ruleErrors({ ...right, ...changes }).map(({ path, text }) => `${path} ${text}`)
const lax = (size: Partial<Environment['processes']['lax']>) => ({
  processes: { ...right.processes, lax: { ...right.processes.lax, ...size } },
})

test('an environment that is right has no problems', () => {
  expect(problems({})).toEqual([])
  expect(shapeErrors(Schema, right)).toEqual([])
})

test('CloudFront before the journal needs a host name, and its logs are counted only where there are some', () => {
  const { domain: _, ...rest } = right
  expect(ruleErrors(rest).map(({ path }) => path)).toEqual(['cdn.journal'])
  expect(problems({ usageSource: 'cdn-logs' })).toEqual([])
  const closed = { cdn: { priceClass: 'PriceClass_100', journal: true }, reachableFrom: ['203.0.113.7/32'] } as const
  expect(problems({ ...closed, reachableFrom: [...closed.reachableFrom] })).toEqual([
    expect.stringContaining('reachableFrom limits who reaches the load balancer'),
  ])
  const cdn = { priceClass: 'PriceClass_100', journal: false } as const
  expect(problems({ usageSource: 'cdn-logs', cdn })).toEqual([
    'usageSource is cdn-logs, but CloudFront has no log of the journal: set cdn.journal to true',
  ])
})

test('a database is restored from one thing, and an instant is of a database', () => {
  const restoring = (restoreFrom: NonNullable<NonNullable<Environment['database']>['restoreFrom']>) =>
    problems({ ...(right.database && { database: { ...right.database, restoreFrom } }) })
  expect(restoring({ snapshot: 'a' })).toEqual([])
  expect(restoring({ database: 'a', time: '2026-11-30T09:00:00Z' })).toEqual([])
  const both = 'database.restoreFrom must name a snapshot or a database, and not both'
  expect(restoring({})).toEqual([both])
  expect(restoring({ snapshot: 'a', database: 'b' })).toEqual([both])
  expect(restoring({ snapshot: 'a', time: '2026-11-30T09:00:00Z' })).toEqual([
    'database.restoreFrom.time is for a database: a snapshot has a time of its own',
  ])
})

test('the copy of the archive is elsewhere, and in another account has the name of a bucket there', () => {
  const { region } = right
  expect(problems({ archiveCopy: { region: 'eu-west-1' } })).toEqual([])
  expect(problems({ archiveCopy: { region } })).toEqual([expect.stringContaining('must be another region')])
  expect(problems({ archiveCopy: { region, account: '210987654321', bucket: 'safe' } })).toEqual([])
  expect(problems({ archiveCopy: { region, account: '210987654321' } })).toEqual([
    expect.stringContaining('archiveCopy.bucket must name'),
  ])
})

describe('sizes are those that Fargate has', () => {
  // As AWS's table of task sizes lists them.
  const gigabytes = (from: number, to: number, step = 1) =>
    Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * 1024)
  const table = new Map([
    [256, [512, 1024, 2048]],
    [512, gigabytes(1, 4)],
    [1024, gigabytes(2, 8)],
    [2048, gigabytes(4, 16)],
    [4096, gigabytes(8, 30)],
    [8192, gigabytes(16, 60, 4)],
    [16_384, gigabytes(32, 120, 8)],
  ])

  test('every pair of the table, and no other', () => {
    const anyMemory = fc.oneof(
      fc.integer({ min: 1, max: 240 }).map((halves) => halves * 512),
      fc.integer({ min: 512, max: 122_880 }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...table.keys()), anyMemory, (cpu, megabytes) => {
        const fits = table.get(cpu)?.includes(megabytes) === true
        expect(problems(lax({ cpu, memory: megabytes })).length).toBe(fits ? 0 : 1)
      }),
      { numRuns: 500 },
    )
    for (const [cpu, sizes] of table) for (const memory of sizes) expect(problems(lax({ cpu, memory }))).toEqual([])
  })

  test('the message says what would fit', () => {
    expect(problems(lax({ cpu: 1024, memory: 1024 }))).toEqual([
      'processes.lax.memory must be from 2048 to 8192 MB in steps of 1024 for cpu 1024 (Fargate), but is 1024',
    ])
    expect(problems(lax({ cpu: 300 }))).toEqual([
      'processes.lax.cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384 (Fargate), but is 300',
    ])
  })

  test('no more at least than at most', () => {
    expect(problems(lax({ count: 3, most: 2 }))).toEqual(['processes.lax.most must be at least count (3), but is 2'])
    expect(problems(lax({ count: 3, most: 3 }))).toEqual([])
  })
})

describe('a database', () => {
  const common = { twoZones: false, backupDays: 7 }
  test('on RDS needs a class and storage, and nothing of Aurora', () => {
    expect(
      problems({ database: { ...common, engine: 'rds', version: '17', capacity: { least: 0, most: 1 } } }),
    ).toEqual([
      'database.class is required by the engine rds',
      'database.storageGigabytes is required by the engine rds',
      'database.capacity does not apply to the engine rds: remove it',
    ])
  })

  test('on Aurora needs a capacity, in halves, and nothing of RDS', () => {
    expect(
      problems({ database: { ...common, engine: 'aurora-serverless', version: '17', class: 'db.t4g.micro' } }),
    ).toEqual([
      'database.capacity is required by the engine aurora-serverless',
      'database.class does not apply to the engine aurora-serverless: remove it',
    ])
    expect(
      problems({
        database: { ...common, engine: 'aurora-serverless', version: '17', capacity: { least: 4, most: 1.3 } },
      }),
    ).toEqual([
      'database.capacity.most must be in steps of 0.5, but is 1.3',
      'database.capacity.most must be at least capacity.least (4), but is 1.3',
    ])
  })

  test('of a protected environment has backups, and is there', () => {
    const database = {
      ...common,
      engine: 'rds',
      version: '17',
      class: 'db.t4g.micro',
      storageGigabytes: 20,
      backupDays: 3,
    } as const
    expect(problems({ database })).toEqual([
      'database.backupDays must be at least 7 in a protected environment, but is 3',
    ])
    expect(problems({ database, protected: false })).toEqual([])
    const { database: _, ...without } = right
    expect(ruleErrors(without)).toMatchObject([{ path: 'database' }])
  })
})

test('logs are kept for as many days as CloudWatch takes', () => {
  expect(problems({ retention: { logDays: 100, executionDays: 90 } })).toEqual([
    expect.stringMatching(/^retention\.logDays must be one of 1, 3, 5, .* \(CloudWatch\), but is 100$/),
  ])
})

test('the names of the copy of the archive and of its logs are ones that S3 takes', () => {
  const copied = (changes: Partial<Environment>, bucket?: string) =>
    problems({ ...changes, archiveCopy: { region: 'eu-west-1', ...(bucket !== undefined && { bucket }) } })
  const long = { prefix: `${'p'.repeat(21)}-`, bucketSuffix: '123456789012' }
  const tooLong = (name: string) => `archiveCopy gives a bucket a name of more than 63 characters: ${name} (64)`
  expect(copied(long)).toEqual([tooLong(`${long.prefix}elife-publishing-archive-123456789012-copy`)])
  expect(copied(long, 'safe')).toEqual([])
  expect(copied({ ...long, prefix: `pp${long.prefix}` }, 'safe')).toEqual([
    tooLong(`pp${long.prefix}elife-cdn-logs-123456789012-archive-copy`),
  ])
  const { account: _, ...unknown } = right
  const elsewhere = { archiveCopy: { region: 'eu-west-1', account: '210987654321', bucket: 'safe' } }
  expect(ruleErrors({ ...unknown, ...long, prefix: `pp${long.prefix}`, ...elsewhere })).toEqual([])
  expect(copied({}, 'safe.copy')).toEqual([])
  const refused = {
    'a..b': 'two dots',
    '192.168.0.1': 'IP address',
    'xn--copy': 'reserves',
    'copy-s3alias': 'reserves',
  }
  for (const [bucket, why] of Object.entries(refused))
    expect(copied({}, bucket)).toEqual([expect.stringMatching(new RegExp(`^archiveCopy\\.bucket .*${why}.*${bucket}`))])
  for (const role of ['archive', 'logs'] as const)
    expect(copied({}, namesOf(right).buckets[role])).toEqual([
      `archiveCopy.bucket gives two buckets one name: ${namesOf(right).buckets[role]}`,
    ])
})

test('bucket names are no longer than S3 takes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), (length) => {
      const longest = length + '-publishing-archive-copy'.length
      const found = problems({ organisation: 'a'.repeat(length) })
      expect(found.length > 0).toBe(longest > 63)
      for (const each of found) expect(each).toMatch(/^(prefix|archiveCopy) .*more than 63 characters/)
    }),
  )
})

test('hosts are in the domain, and none is given twice', () => {
  const domain = (hosts: object) => ({ domain: { name: 'press.org', hosts } })
  expect(problems(domain({ journal: 'press.org', lax: 'lax.press.org' }))).toEqual([])
  expect(problems(domain({ journal: 'www.express.org' }))).toEqual([
    'domain.hosts.journal must be in the domain press.org, but is www.express.org',
  ])
  expect(problems(domain({ journal: 'a.press.org', cdn: 'a.press.org' }))).toEqual([
    'domain.hosts gives a.press.org to two services',
  ])
})

test('no two journals have packages that begin alike', () => {
  expect(problems({ journals: [...right.journals, ...right.journals] })).toEqual([
    'journals has two journals with the package prefix elife-',
  ])
})

test('a problem of a journal is told by its place in the list', () => {
  const [journal] = right.journals
  expect(shapeErrors(Schema, { ...right, journals: [{ ...journal, doiPrefix: 'eLife' }] })).toEqual([
    { path: 'journals.0.doiPrefix', text: expect.stringMatching(/^must be text that matches .*, but is "eLife"$/) },
  ])
})

describe('recipients', () => {
  const [crossref] = right.deposits.recipients
  const withChanges = (changes: object, more: Partial<Environment['deposits']> = {}) =>
    problems({ deposits: { live: true, ...more, recipients: crossref ? [{ ...crossref, ...changes }] : [] } })

  test('a copy of live recipients in an environment that is not live is refused; a test system is not', () => {
    expect(withChanges({}, { live: false })).toEqual([
      expect.stringMatching(
        /^deposits\.recipients\.0 \(crossref\) is the real doi\.crossref\.org, but deposits\.live is false/,
      ),
    ])
    expect(withChanges({ url: 'https://test.crossref.org/servlet' }, { live: false })).toEqual([])
    expect(withChanges({ test: true }, { live: false })).toEqual([])
  })

  test('one outside of AWS needs the internet, an SFTP server its host key, and journals are those that are published', () => {
    expect(problems({ internet: false })).toHaveLength(right.deposits.recipients.length)
    expect(withChanges({ journals: ['ijm'] })).toEqual([
      expect.stringContaining('names journals that are not published here: ijm'),
    ])
    const server = { protocol: 'sftp' as const, host: 'sftp.example.org', user: 'elife', folder: '/' }
    const { name, title, statuses, silent, schedule } = crossref ?? expect.fail('prod has no recipient')
    const common = { name, title, statuses, silent, schedule }
    const recipients = [
      { ...common, kind: 'pmc' as const, server },
      { ...common, kind: 'pmc' as const, server },
    ]
    expect(problems({ deposits: { live: true, recipients } })).toEqual([
      'deposits.recipients has two recipients named crossref',
      expect.stringContaining('has no hostKeys'),
      expect.stringContaining('has no hostKeys'),
    ])
  })
})

test('mail goes to a server on the internet, but on this machine', () => {
  const mail = { from: 'continuum@example.org', smtp: { host: 'smtp.example.org', port: 587 } }
  expect(problems({ mail, internet: true })).toEqual([])
  const { deposits } = right
  expect(problems({ mail, internet: false, deposits: { ...deposits, recipients: [] } })).toEqual([
    'internet must be true for mail: its server is outside of AWS',
  ])
})
