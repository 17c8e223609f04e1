import type { Overrides } from './src/index.ts'

/** Created for a test run in AWS and destroyed afterwards: nothing in it is kept, and its database pauses when idle. */
export default {
  // The samples are of all three: of numbers, of another journal's numbers, and of names with dots.
  journals: ['sampler', 'ijm', 'meridian'],
  // Without a domain there is no TLS. It holds only the sample articles, and the addresses of CI runners are not known.
  reachableFrom: ['0.0.0.0/0'],
  publication: { byDelivery: true },
  database: { engine: 'aurora-serverless', capacity: { least: 0, most: 1 }, backupDays: 1 },
  retention: { logDays: 1, executionDays: 1 },
} satisfies Overrides
