import type { Overrides } from './src/index.ts'

/** The environment that the original system's manual creates; docs/environments.md compares the two value by value. */
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
