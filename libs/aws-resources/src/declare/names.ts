/**
 * The roles of the queues: S3's notifications, starter messages, the bot's events, requests to the article store, its
 * replies to them, and its notifications of what changed, for whoever follows it; usage of
 * articles.
 */
export const queueRoles = [
  'incoming',
  'starter',
  'events',
  'laxRequests',
  'laxReplies',
  'articleChanges',
  'usage',
] as const
export type QueueRole = (typeof queueRoles)[number]

/** The roles of the buckets; `Names` says what each holds. */
export const bucketRoles = ['production', 'expanded', 'eif', 'cdn', 'archive', 'xml', 'downstream', 'logs'] as const

/** The names of an environment's resources, by role. */
export interface Names {
  buckets: {
    /** Delivered packages. */
    production: string
    /** The files of a run, before they are public: `<id>.<version>/<run>/...`. */
    expanded: string
    /** The article descriptions of a run: EIF and article JSON. */
    eif: string
    /** The files that readers load, `<id>/<file>`. Public. */
    cdn: string
    /** Published packages, kept forever. */
    archive: string
    xml: string
    /** Outboxes of the recipients: `<recipient>/outbox/...`. */
    downstream: string
    /** Access logs, by the prefixes of `logPrefixes`; usage is counted of CloudFront's. Deleted after a week: they have addresses of readers. */
    logs: string
  }
  queues: Record<QueueRole, string>
  /** The dead-letter queues: a message goes there after five receives. */
  deadLetters: Record<QueueRole, string>
  /** The SWF domain. */
  domain: string
  /** Those of the deposits are their own, so that the two hold up nothing of each other. */
  taskLists: { decisions: string; activities: string; images: string; depositDecisions: string; deposits: string }
}

/**
 * Derives the names of an environment's resources from its prefix and organisation.
 *
 * @param environment.prefix with its hyphen: `ct-`; empty in production
 * @param environment.bucketSuffix the end of the names of buckets, which are unique among all accounts of AWS: the account, or another word
 * @example namesOf({ prefix: 'ct-', organisation: 'elife' }).buckets.cdn // 'ct-elife-publishing-cdn'
 */
export function namesOf(environment: { prefix: string; organisation: string; bucketSuffix?: string }): Names {
  const { prefix, organisation, bucketSuffix = '' } = environment
  const end = bucketSuffix === '' ? '' : `-${bucketSuffix}`
  const bucket = (role: string) => `${prefix}${organisation}-${role}${end}`
  const queues = {
    incoming: `${prefix}incoming-queue`,
    starter: `${prefix}workflow-starter-queue`,
    events: `${prefix}event-property-incoming-queue`,
    laxRequests: `${prefix}bot-lax-inc`,
    laxReplies: `${prefix}bot-lax-out`,
    articleChanges: `${prefix}bus-articles`,
    usage: `${prefix}usage-incoming-queue`,
  }
  return {
    buckets: {
      production: bucket('production-final'),
      expanded: bucket('publishing-expanded'),
      eif: bucket('publishing-eif'),
      cdn: bucket('publishing-cdn'),
      archive: bucket('publishing-archive'),
      xml: bucket('publishing-xml'),
      downstream: bucket('poa-packaging'),
      logs: bucket('cdn-logs'),
    },
    queues,
    deadLetters: {
      incoming: `${queues.incoming}-dead`,
      starter: `${queues.starter}-dead`,
      events: `${queues.events}-dead`,
      laxRequests: `${queues.laxRequests}-dead`,
      laxReplies: `${queues.laxReplies}-dead`,
      articleChanges: `${queues.articleChanges}-dead`,
      usage: `${queues.usage}-dead`,
    },
    domain: prefix === '' ? 'Publish' : `Publish.${prefix.replace(/-$/, '')}`,
    taskLists: {
      decisions: 'decisions',
      activities: 'activities',
      images: 'images',
      depositDecisions: 'deposit-decisions',
      deposits: 'deposits',
    },
  }
}

/** The tags of every resource of an environment, which attribute it on the bill and in the account. */
export function tagsOf(environment: string): Record<string, string> {
  return { project: 'continuum', environment }
}
