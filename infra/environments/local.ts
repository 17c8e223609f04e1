import type { Overrides } from './src/index.ts'

/** What `npm start` runs on one machine: its SWF, SQS, S3 and PostgreSQL are there, so it asks for none. */
export default {
  // The first is the default: ids of its articles are bare numbers.
  journals: ['elife', 'sampler', 'ijm', 'meridian'],
  publication: { byDelivery: true },
  heartbeat: '10s',
  stopSeconds: 3,
} satisfies Overrides
