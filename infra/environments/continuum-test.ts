import type { Overrides } from './src/index.ts'

/** The environment that the original's manual brings up, value by value: docs/environments.md compares the two. */
export default {
  prefix: 'ct-',
  organisation: 'elife',
  journals: ['elife'],
  siteName: 'eLife (continuum-test)',
  domain: { name: 'elifesciences.org', hosts: { journal: 'continuum-test.elifesciences.org' } },
  logLevel: 'warn',
  database: { engine: 'rds', class: 'db.t4g.micro', storageGigabytes: 20 },
  cdn: {},
  alarms: { email: ['continuum-test@elifesciences.org'] },
} satisfies Overrides
