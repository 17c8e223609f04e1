import { elifeLive } from './recipients/elife-live.ts'
import type { Overrides } from './src/index.ts'

/** Production. Nothing that holds data can be destroyed or replaced, and no other environment may publish its journals. */
export default {
  prefix: '',
  organisation: 'elife',
  journals: ['elife'],
  siteName: 'eLife',
  promotedFrom: 'continuum-test',
  domain: { name: 'elifesciences.org', hosts: { journal: 'elifesciences.org', cdn: 'cdn.elifesciences.org' } },
  // Recipients are outside of AWS.
  internet: true,
  deposits: { live: true, recipients: elifeLive },
  processes: {
    decider: { count: 2 },
    worker: { count: 2, most: 12, cpu: 2048, memory: 4096 },
    'dashboard-web': { count: 2 },
    lax: { count: 2, cpu: 512, memory: 1024 },
    journal: { count: 2, most: 6, cpu: 512, memory: 1024 },
  },
  database: { engine: 'rds', class: 'db.m7g.large', storageGigabytes: 100, twoZones: true, backupDays: 35 },
  archiveCopy: { region: 'us-west-2' },
  cdn: { priceClass: 'PriceClass_All', journal: true },
  waf: {},
  flowLogs: true,
  alarms: { email: ['continuum@elifesciences.org'], databaseFreeGigabytes: 20, monthlyDollars: 1200 },
  retention: { logDays: 365 },
  protected: true,
  unique: true,
} satisfies Overrides
