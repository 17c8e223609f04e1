import type { Overrides } from './src/index.ts'

/** The environment of `npm start`, on one machine, with local replacements for SWF, SQS, S3 and PostgreSQL. */
export default {
  // The first is the default: ids of its articles are bare numbers.
  journals: ['elife', 'sampler', 'ijm', 'meridian'],
  publication: { byDelivery: true },
  deposits: { live: false, recipients: [] },
  heartbeat: '10s',
  stopSeconds: 3,
} satisfies Overrides
