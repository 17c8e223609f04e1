import type { Environment } from './src/model/environment.ts'
import type { Overlay } from './src/model/overlay.ts'

const small = { count: 1, cpu: 256, memory: 512 }

/** The values of every environment, unless its own file sets them. `name` is that of the file, `prefix` the name with a hyphen. */
export const defaults = {
  region: 'us-east-1',
  organisation: 'continuum',
  adoptedBuckets: [],
  siteContent: [],
  siteName: 'Continuum',
  internet: false,
  publication: { rules: { default: false }, byDelivery: false },
  // Nobody is reached unless the environment's file says so.
  deposits: { live: false, recipients: [] },
  shape: 'separate',
  architecture: 'x86_64',
  processes: {
    decider: small,
    // Converts figures: four times the memory of the others, and more tasks when much is pending.
    worker: { count: 1, most: 4, cpu: 1024, memory: 2048 },
    'queue-worker': small,
    'workflow-starter': small,
    'dashboard-web': small,
    'dashboard-consumer': small,
    lax: small,
    'lax-adaptor': small,
    journal: small,
    metrics: small,
    api: small,
    deposits: small,
  },
  citationSources: [],
  workerConcurrency: 8,
  eventConsumers: 5,
  // ECS kills a task after 120 s in any case: work in progress is given back before.
  stopSeconds: 110,
  logLevel: 'info',
  usageSource: 'journal',
  flowLogs: false,
  retention: { logDays: 30, executionDays: 90 },
  protected: false,
  unique: false,
} as const satisfies Overlay<Environment>

/** The values of the optional parts, for environments that have them: `cdn: {}` is enough. */
export const optionalParts = {
  database: { engine: 'rds', version: '17', twoZones: false, backupDays: 7 },
  cdn: { priceClass: 'PriceClass_100', journal: false },
  // Five minutes of the rate that the API itself allows, twice over: WAF is for what does not stop at its answers.
  waf: { signInRequests: 100, apiRequests: 6000, commonRules: 'count' },
  alarms: {
    oldestMessageMinutes: 30,
    stalledPollerMinutes: 10,
    databaseFreeGigabytes: 4,
    slowSeconds: 3,
    monthlyDollars: 300,
  },
} as const satisfies Overlay<Environment>
