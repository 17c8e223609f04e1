/** The use that is assumed of an environment in a month; each has a flag of the command. */
export const assumed = {
  articles: { otherwise: 20, means: 'articles published a month' },
  megabytes: { otherwise: 50, means: 'MB in a package' },
  months: { otherwise: 12, means: 'months of such articles that are stored already' },
  gigabytes: { otherwise: 20, means: 'GB of files that readers load a month: PDFs, figures' },
  pages: { otherwise: 20_000, means: 'pages of the site that readers load a month' },
} as const

export type Assumption = keyof typeof assumed
export type Assumptions = Readonly<Record<Assumption, number>>

/** The use that is assumed unless its flags say otherwise. */
export const usual: Assumptions = {
  articles: assumed.articles.otherwise,
  megabytes: assumed.megabytes.otherwise,
  months: assumed.months.otherwise,
  gigabytes: assumed.gigabytes.otherwise,
  pages: assumed.pages.otherwise,
}

/** Quantities that follow from how Continuum works, not from an environment; docs/quotas.md has the calls of an article. */
export const works = {
  /** Copies of a package: as delivered, unpacked, on the CDN, in the archive. */
  copies: 4,
  executions: 5,
  workflowTasks: 90,
  messages: 200,
  puts: 130,
  gets: 55,
  /** Receives that wait for messages at any time, and how long each waits. */
  receivers: 9,
  receiveSeconds: 20,
  /** GB of a page with its fonts and scripts, compressed, and its requests to the load balancer. */
  pageGigabytes: 0.0002,
  pageRequests: 5,
  /** Requests for files: one for each of these MB. */
  fileMegabytes: 0.5,
  /** GB of log: of an article, of a request, and of a month at rest. */
  logOfArticle: 0.0002,
  logOfRequest: 0.000_000_4,
  logAtRest: 0.1,
  /** GB of images in the repository; they share most of their layers. */
  images: 2,
  /** GB that an Aurora database has. RDS has what the environment says. */
  auroraGigabytes: 5,
  /** Metrics of Container Insights: of a cluster, of a service, and of its tasks together. */
  insights: { cluster: 8, service: 11, task: 6 },
  /** Metrics that a Metrics Insights query looks through: a type of workflow or activity each. */
  queried: 10,
} as const
