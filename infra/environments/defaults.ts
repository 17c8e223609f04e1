import type { Environment } from './src/model/environment.ts'
import type { Overlay } from './src/model/overlay.ts'

const small = { count: 1, cpu: 256, memory: 512 }

/** What every environment is, unless its own file says otherwise. `name` is the file's, `prefix` the name with a hyphen. */
export const defaults = {
  region: 'us-east-1',
  organisation: 'continuum',
  siteName: 'Continuum',
  internet: false,
  publication: { rules: { default: false }, byDelivery: false },
  processes: {
    decider: small,
    // Figures are converted here: four times the memory of the others, and more of them when much is pending.
    worker: { count: 1, most: 4, cpu: 1024, memory: 2048 },
    'queue-worker': small,
    'workflow-starter': small,
    'dashboard-web': small,
    'dashboard-consumer': small,
    lax: small,
    journal: small,
  },
  workerConcurrency: 8,
  eventConsumers: 5,
  // ECS ends a task after 120 s in any case: what is under way is given back before.
  stopSeconds: 110,
  logLevel: 'info',
  retention: { logDays: 30, executionDays: 90 },
  protected: false,
  unique: false,
} as const satisfies Overlay<Environment>

/** What an optional part is, unless told otherwise, where an environment asks for it: `cdn: {}` is enough. */
export const optionalParts = {
  database: { engine: 'rds', twoZones: false, backupDays: 7 },
  cdn: { priceClass: 'PriceClass_100' },
  alarms: { oldestMessageMinutes: 30, stalledPollerMinutes: 10, databaseFreeGigabytes: 4 },
} as const satisfies Overlay<Environment>
