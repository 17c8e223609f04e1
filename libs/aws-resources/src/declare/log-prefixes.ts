/** The parts of the log bucket of an environment, one for each that writes into it. */

/** The prefixes of the log bucket, by what is logged. */
export const logPrefixes = {
  /** CloudFront before the files that readers load. */
  cdn: 'cdn/',
  /** CloudFront before the journal. */
  journal: 'journal/',
  loadBalancer: 'load-balancer/',
  buckets: 'buckets/',
  /** The connections of the network. */
  network: 'network/',
} as const

/** The logs of which usage may be counted: CloudFront's. */
export type CountedLog = 'cdn' | 'journal'
