import { JournalSettings } from '@continuum/article'
import { PublicationRules } from '@continuum/settings'
import { Type, type Static } from 'typebox'

/** The processes of an environment. In AWS each is an ECS service of its own, from one image. */
export const processNames = [
  'decider',
  'worker',
  'queue-worker',
  'workflow-starter',
  'dashboard-web',
  'dashboard-consumer',
  'lax',
  'journal',
] as const
export type ProcessName = (typeof processNames)[number]

const ProcessSize = Type.Object({
  count: Type.Integer({ minimum: 0, maximum: 100, description: 'how many run; the least where `most` is given' }),
  most: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      description: 'how many may run when much is pending; absent: never more than `count`',
    }),
  ),
  cpu: Type.Integer({ minimum: 256, maximum: 16_384, description: 'of a processor, in 1/1024: 256 is a quarter' }),
  memory: Type.Integer({ minimum: 512, maximum: 122_880, description: 'MB' }),
})
export type ProcessSize = Static<typeof ProcessSize>

const Host = Type.String({ pattern: '^([a-z0-9-]+\\.)+[a-z]{2,}$', description: 'a host name' })

/**
 * All that makes an environment what it is. `defaults.ts` overlaid by `<name>.ts` gives one; what is optional here is made
 * only where it is asked for.
 */
export const Environment = Type.Object({
  name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$', description: "the environment's and its stack's name" }),
  region: Type.String({ pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$', description: 'the AWS region' }),
  account: Type.Optional(Type.String({ pattern: '^[0-9]{12}$', description: 'the AWS account; any other is refused' })),
  prefix: Type.String({
    pattern: '^([a-z0-9]+-)*$',
    description: 'begins the name of all it owns; empty in production',
  }),
  organisation: Type.String({
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    description: 'the word in the names of its buckets',
  }),
  /** Its file names them, by files of `journals/`. */
  journals: Type.Array(JournalSettings, { minItems: 1, description: 'whose articles it publishes' }),
  siteName: Type.String({ minLength: 1, description: 'what the journal site calls itself' }),
  /** Host names are `<name>--<service>.<domain>`, or those given. Absent: the load balancer's own name, without TLS. */
  domain: Type.Optional(
    Type.Object({
      name: Type.String({
        pattern: '^([a-z0-9-]+\\.)+[a-z]{2,}$',
        description: 'a domain with a hosted zone in Route 53',
      }),
      hosts: Type.Optional(
        Type.Object({
          dashboard: Type.Optional(Host),
          journal: Type.Optional(Host),
          lax: Type.Optional(Host),
          cdn: Type.Optional(Host),
        }),
      ),
    }),
  ),
  reachableFrom: Type.Optional(
    Type.Array(
      Type.String({ pattern: '^(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}$', description: 'addresses as 203.0.113.7/32' }),
      {
        minItems: 1,
        description:
          'from where the load balancer is reached; absent: from anywhere with a domain, not at all without TLS',
      },
    ),
  ),
  internet: Type.Boolean({
    description: 'whether its processes reach the internet: for an image outside ECR, another site or recipients',
  }),
  publication: Type.Object({
    rules: Type.Object(PublicationRules.properties),
    byDelivery: Type.Boolean({ description: 'whether a package may say itself that it is published at once' }),
  }),
  processes: Type.Object({
    decider: ProcessSize,
    worker: ProcessSize,
    'queue-worker': ProcessSize,
    'workflow-starter': ProcessSize,
    'dashboard-web': ProcessSize,
    'dashboard-consumer': ProcessSize,
    lax: ProcessSize,
    journal: ProcessSize,
  }),
  workerConcurrency: Type.Integer({ minimum: 1, maximum: 200, description: 'activities at once in one worker' }),
  eventConsumers: Type.Integer({ minimum: 1, maximum: 50, description: 'messages at once in one dashboard consumer' }),
  stopSeconds: Type.Integer({
    minimum: 1,
    maximum: 120,
    description: 'how long a process that is stopped may take to finish; ECS ends it after 120 s in any case',
  }),
  heartbeat: Type.Optional(
    Type.Unsafe<`${number}${'s' | 'm' | 'h'}`>(
      Type.String({
        pattern: '^[1-9]\\d{0,5}[smh]$',
        description: 'the longest silence of a worker before it is taken for dead, such as 10s; absent: a minute',
      }),
    ),
  ),
  logLevel: Type.Union([Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')]),
  /** Absent: none is made, and the environment brings its own (`local`: an embedded PostgreSQL). */
  database: Type.Optional(
    Type.Object({
      engine: Type.Union([Type.Literal('rds'), Type.Literal('aurora-serverless')]),
      class: Type.Optional(Type.String({ pattern: '^db\\.', description: 'of an RDS instance: db.t4g.micro' })),
      storageGigabytes: Type.Optional(Type.Integer({ minimum: 20, maximum: 65_536 })),
      capacity: Type.Optional(
        Type.Object({
          least: Type.Number({ minimum: 0, maximum: 256, description: 'ACU of Aurora Serverless; 0 pauses when idle' }),
          most: Type.Number({ minimum: 1, maximum: 256 }),
        }),
      ),
      twoZones: Type.Boolean({ description: 'a standby in a second zone' }),
      backupDays: Type.Integer({ minimum: 1, maximum: 35 }),
    }),
  ),
  /** CloudFront before the CDN bucket. Absent: readers load from the bucket itself. */
  cdn: Type.Optional(
    Type.Object({
      priceClass: Type.Union([
        Type.Literal('PriceClass_100'),
        Type.Literal('PriceClass_200'),
        Type.Literal('PriceClass_All'),
      ]),
    }),
  ),
  alarms: Type.Optional(
    Type.Object({
      email: Type.Array(Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$' }), { minItems: 1, description: 'who is told' }),
      oldestMessageMinutes: Type.Integer({ minimum: 1, description: 'how long a message may wait in a queue' }),
      stalledPollerMinutes: Type.Integer({
        minimum: 1,
        maximum: 180,
        description: 'how long a task may wait while nobody polls for it; CloudWatch looks back three hours at most',
      }),
      databaseFreeGigabytes: Type.Integer({ minimum: 1 }),
    }),
  ),
  retention: Type.Object({
    logDays: Type.Integer({ minimum: 1, description: 'one of the numbers that CloudWatch takes' }),
    executionDays: Type.Integer({
      minimum: 1,
      maximum: 90,
      description: 'how long SWF keeps the history of a closed execution',
    }),
    /** An article that waits longer for its approval must be delivered again. */
    expandedDays: Type.Optional(
      Type.Integer({ minimum: 30, description: "how long a run's files are kept; for good where absent" }),
    ),
  }),
  protected: Type.Boolean({ description: 'whether destroying it, or replacing what holds its data, is refused' }),
  unique: Type.Boolean({ description: 'whether a second unique environment for one of its journals is refused' }),
})
export type Environment = Static<typeof Environment>
