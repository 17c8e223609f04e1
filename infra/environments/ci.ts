import type { Overrides } from './src/index.ts'

/** Made for a run of checks in AWS and destroyed after it: nothing in it is kept, and its database pauses when idle. */
export default {
  journals: ['sampler'],
  // Without a domain there is no TLS; what it shows is the sample article, and nobody knows where a run of checks comes from.
  reachableFrom: ['0.0.0.0/0'],
  publication: { byDelivery: true },
  database: { engine: 'aurora-serverless', capacity: { least: 0, most: 1 }, backupDays: 1 },
  retention: { logDays: 1, executionDays: 1 },
} satisfies Overrides
