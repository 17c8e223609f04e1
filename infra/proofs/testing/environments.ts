import type { Environment, ProcessSize } from '@continuum/environments'

const size: ProcessSize = { count: 1, cpu: 256, memory: 512 }

/** An environment for tests of components, without optional parts. */
export const plainEnvironment: Environment = {
  name: 'continuum-test',
  region: 'us-east-1',
  prefix: 'ct-',
  organisation: 'elife',
  bucketSuffix: '',
  adoptedBuckets: [],
  journals: [
    {
      name: 'eLife',
      publisher: 'eLife Sciences Publications, Ltd',
      prefix: 'elife',
      doiPrefix: '10.7554/eLife.',
      idDigits: 5,
      firstVolumeYear: 2012,
    },
  ],
  siteContent: [],
  siteName: 'eLife',
  internet: false,
  publication: { rules: { default: false }, byDelivery: false },
  deposits: { live: false, recipients: [] },
  shape: 'separate',
  architecture: 'x86_64',
  processes: {
    decider: size,
    worker: size,
    'queue-worker': size,
    'workflow-starter': size,
    'dashboard-web': size,
    'dashboard-consumer': size,
    lax: size,
    deposits: size,
    'lax-adaptor': size,
    journal: size,
    metrics: size,
    api: size,
  },
  usageSource: 'journal',
  flowLogs: false,
  citationSources: [],
  workerConcurrency: 8,
  eventConsumers: 4,
  stopSeconds: 120,
  logLevel: 'info',
  retention: { logDays: 30, executionDays: 30 },
  protected: false,
  unique: false,
}
