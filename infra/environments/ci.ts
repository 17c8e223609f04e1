import { sampler } from './journals/sampler.ts'
import type { Overrides } from './src/index.ts'

/** Made for a run of checks in AWS and destroyed after it: nothing in it is kept, and its database pauses when idle. */
export default {
  journals: [sampler],
  publication: { byDelivery: true },
  database: { engine: 'aurora-serverless', capacity: { least: 0, most: 1 }, backupDays: 1 },
  retention: { logDays: 1, executionDays: 1 },
} satisfies Overrides
