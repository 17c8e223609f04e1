import type { Overrides } from './src/index.ts'

/** What `npm start` runs on one machine: its SWF, SQS, S3 and PostgreSQL are there, so it asks for none. */
export default {
  journals: ['sampler', 'elife'],
  publication: { byDelivery: true },
  heartbeat: '10s',
  stopSeconds: 3,
} satisfies Overrides
