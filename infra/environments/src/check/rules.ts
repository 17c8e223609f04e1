import { journalProblems } from '@continuum/article'
import { hostOf, reachOf } from '@continuum/settings'
import { processNames, type Environment } from '../model/environment.ts'
import { addressed } from '../model/hosts.ts'
import { bucketNameErrors } from './bucket-names.ts'
import { contrast } from './contrast.ts'
import { sizeErrors } from './fargate.ts'
import type { ValidationError } from './validation-error.ts'

/** Checks the rules between the values of one environment; `shapeErrors` checks each by itself. */
export function ruleErrors(environment: Environment): ValidationError[] {
  return rules.flatMap((rule) => [...rule(environment)])
}

function* edge({ cdn, domain, reachableFrom, usageSource }: Environment): Iterable<ValidationError> {
  if (cdn?.journal === true && !domain)
    yield { path: 'cdn.journal', text: 'needs a domain: CloudFront takes requests for a host name of the journal' }
  if (cdn?.journal === true && reachableFrom && !reachableFrom.includes('0.0.0.0/0'))
    yield {
      path: 'reachableFrom',
      text: 'limits who reaches the load balancer, but with cdn.journal everybody reaches the journal through CloudFront: remove one',
    }
  if (usageSource === 'cdn-logs' && cdn?.journal !== true)
    yield {
      path: 'usageSource',
      text: 'is cdn-logs, but CloudFront has no log of the journal: set cdn.journal to true',
    }
}

/** The grounds of the site's stylesheet, and the least contrast of words on them (WCAG 2.2, 1.4.3). */
const grounds = { colour: '#fffefb', darkColour: '#15181a' } as const
const leastContrast = 4.5

function* looks({ siteContent }: Environment): Iterable<ValidationError> {
  for (const [index, content] of siteContent.entries()) {
    for (const key of ['colour', 'darkColour'] as const) {
      const colour = content[key]
      const found = colour === undefined ? leastContrast : contrast(colour, grounds[key])
      if (found < leastContrast)
        yield {
          path: `siteContent.${index}.${key}`,
          text: `(journals/.../site.json of ${content.journal}) must have a contrast of at least ${leastContrast} on ${grounds[key]}, but ${colour} has ${found.toFixed(1)}`,
        }
    }
  }
}

function* signIn({ name, signIn: provider, internet }: Environment): Iterable<ValidationError> {
  if (!provider || name === 'local') return
  if (!internet) yield { path: 'internet', text: 'must be true for signIn: the dashboard asks the provider' }
  if (provider.issuer.startsWith('http:')) yield { path: 'signIn.issuer', text: 'must be an https address' }
}

function* mail({ name, mail: server, internet }: Environment): Iterable<ValidationError> {
  if (server && name !== 'local' && !internet)
    yield { path: 'internet', text: 'must be true for mail: its server is outside of AWS' }
}

function* sizes({ shape, processes }: Environment): Iterable<ValidationError> {
  if (shape === 'small') return
  for (const process of processNames) {
    const { count, most, ...size } = processes[process]
    const path = `processes.${process}`
    yield* sizeErrors(path, size)
    if (most !== undefined && most < count)
      yield { path: `${path}.most`, text: `must be at least count (${count}), but is ${most}` }
  }
}

/** The shape `small` has one task, whose size it says; the others have a size for each process. */
function* oneTask({ shape, task }: Environment): Iterable<ValidationError> {
  if (shape === 'small' && !task) yield { path: 'task', text: 'is required by the shape small: its cpu and memory' }
  if (shape === 'separate' && task)
    yield { path: 'task', text: 'does not apply to the shape separate: say the sizes in processes' }
  if (task) yield* sizeErrors('task', task)
}

function* restoring({ database: asked }: Environment): Iterable<ValidationError> {
  const from = asked?.restoreFrom
  if (!from) return
  const path = 'database.restoreFrom'
  if ((from.snapshot === undefined) === (from.database === undefined))
    yield { path, text: 'must name a snapshot or a database, and not both' }
  if (from.time !== undefined && from.database === undefined)
    yield { path: `${path}.time`, text: 'is for a database: a snapshot has a time of its own' }
}

function* copying({ archiveCopy, region, account }: Environment): Iterable<ValidationError> {
  if (!archiveCopy) return
  const elsewhere = archiveCopy.account !== undefined && archiveCopy.account !== account
  if (!elsewhere && archiveCopy.region === region)
    yield { path: 'archiveCopy.region', text: `must be another region than ${region}, or the copy in another account` }
  if (elsewhere && archiveCopy.bucket === undefined)
    yield { path: 'archiveCopy.bucket', text: 'must name the bucket that the other account has made' }
}

function* database({ database: asked }: Environment): Iterable<ValidationError> {
  if (!asked) return
  const { engine, capacity } = asked
  const path = (name: string) => `database.${name}`
  const [needed, useless] =
    engine === 'rds'
      ? ([['class', 'storageGigabytes'], ['capacity']] as const)
      : ([['capacity'], ['class', 'storageGigabytes']] as const)
  for (const name of needed)
    if (asked[name] === undefined) yield { path: path(name), text: `is required by the engine ${engine}` }
  for (const name of useless)
    if (asked[name] !== undefined) yield { path: path(name), text: `does not apply to the engine ${engine}: remove it` }
  if (!capacity) return
  for (const name of ['least', 'most'] as const)
    if ((capacity[name] * 2) % 1 !== 0)
      yield { path: path(`capacity.${name}`), text: `must be in steps of 0.5, but is ${capacity[name]}` }
  if (capacity.most < capacity.least)
    yield {
      path: path('capacity.most'),
      text: `must be at least capacity.least (${capacity.least}), but is ${capacity.most}`,
    }
}

/** The retention periods of CloudWatch Logs, in days. */
const logDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

function* logRetention({ retention }: Environment): Iterable<ValidationError> {
  if (!logDays.includes(retention.logDays))
    yield {
      path: 'retention.logDays',
      text: `must be one of ${logDays.join(', ')} (CloudWatch), but is ${retention.logDays}`,
    }
}

function* hosts({ domain }: Environment): Iterable<ValidationError> {
  for (const service of addressed) {
    const host = domain?.hosts?.[service]
    if (domain && host !== undefined && host !== domain.name && !host.endsWith(`.${domain.name}`))
      yield { path: `domain.hosts.${service}`, text: `must be in the domain ${domain.name}, but is ${host}` }
  }
  const known = Object.values(domain?.hosts ?? {})
  for (const host of new Set(known.filter((each, index) => known.indexOf(each) !== index)))
    yield { path: 'domain.hosts', text: `gives ${host} to two services` }
}

function* protection(environment: Environment): Iterable<ValidationError> {
  if (!environment.protected) return
  if (!environment.database) yield { path: 'database', text: 'is required in a protected environment' }
  else if (environment.database.backupDays < 7)
    yield {
      path: 'database.backupDays',
      text: `must be at least 7 in a protected environment, but is ${environment.database.backupDays}`,
    }
}

function* journals(environment: Environment): Iterable<ValidationError> {
  const prefixes = environment.journals.map(({ prefix }) => prefix)
  for (const prefix of new Set(prefixes.filter((each, index) => prefixes.indexOf(each) !== index)))
    yield { path: 'journals', text: `has two journals with the package prefix ${prefix}-` }
  for (const [index, journal] of environment.journals.entries())
    for (const problem of journalProblems(journal)) yield { path: `journals.${index}`, text: problem }
  if (environment.journals.filter((journal) => journal.default === true).length > 1)
    yield { path: 'journals', text: 'has more than one default journal' }
}

function* deposits({ deposits: asked, internet, journals: published }: Environment): Iterable<ValidationError> {
  const { live, recipients } = asked
  const called = recipients.map(({ name }) => name)
  for (const name of new Set(called.filter((each, index) => called.indexOf(each) !== index)))
    yield { path: 'deposits.recipients', text: `has two recipients named ${name}` }
  for (const [index, recipient] of recipients.entries()) {
    const path = `deposits.recipients.${index}`
    const reach = reachOf(recipient, live)
    if (reach === 'forbidden')
      yield {
        path,
        text: `(${recipient.name}) is the real ${hostOf(recipient)}, but deposits.live is false: leave it out, give it the address of its test system (test: true), or say live: true`,
      }
    if (reach !== 'stand-in' && !internet)
      yield { path, text: `(${recipient.name}) is outside of AWS, but internet is false` }
    if ('server' in recipient && recipient.server.protocol === 'sftp' && !recipient.server.hostKeys?.length)
      yield { path, text: `(${recipient.name}) has no hostKeys: an SFTP server is only trusted by its key` }
    const unknown =
      recipient.journals?.filter((prefix) => !published.some((journal) => journal.prefix === prefix)) ?? []
    if (unknown.length > 0)
      yield { path, text: `(${recipient.name}) names journals that are not published here: ${unknown.join(', ')}` }
  }
}

const rules = [
  sizes,
  oneTask,
  database,
  restoring,
  copying,
  logRetention,
  bucketNameErrors,
  hosts,
  edge,
  protection,
  journals,
  looks,
  deposits,
  signIn,
  mail,
]
