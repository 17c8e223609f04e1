import { domainAlreadyExists, domainDeprecated, tooManyTags } from '../wire/errors.ts'
import { domainNamed, nowIn, type Swf } from './swf.ts'
import * as m from '../wire/members.ts'
import { flag, list, structure, text } from '../wire/shape.ts'
import type { Domain } from '../store/domains.ts'
import { operation } from './operation.ts'
import { pageOf } from './pages.ts'

const tag = structure({ key: text({ min: 1, max: 128 }) }, { value: text({ max: 256 }) })
const maxTags = 50

export const registerDomain = operation(
  structure(
    { name: m.name, workflowExecutionRetentionPeriodInDays: m.retention },
    { description: m.description, tags: list(tag) },
  ),
  ({ domains }, { name, description, tags = [], workflowExecutionRetentionPeriodInDays: retention }) => {
    if (domains.find(name) !== undefined) throw domainAlreadyExists(name)
    const described = description === undefined ? {} : { description }
    domains.add({ name, status: 'REGISTERED', ...described, retention, tags: withTags({}, tags) })
  },
)

const named = structure({ name: m.name }, {})

export const describeDomain = operation(named, (swf, { name }) => {
  const domain = domainNamed(swf, name)
  return {
    domainInfo: infoOf(swf, domain),
    configuration: { workflowExecutionRetentionPeriodInDays: domain.retention },
  }
})

export const listDomains = operation(
  structure(
    { registrationStatus: m.registrationStatus },
    { nextPageToken: m.pageToken, maximumPageSize: m.pageSize, reverseOrder: flag },
  ),
  (swf, { registrationStatus, reverseOrder = false, ...paging }) => {
    const all = swf.domains.list(registrationStatus)
    const ordered = reverseOrder ? all.toReversed() : all
    const { items, next } = pageOf(
      ordered,
      paging,
      `domains ${registrationStatus} ${reverseOrder}`,
      swf.context.clock.now(),
    )
    return { domainInfos: items.map((domain) => infoOf(swf, domain)), ...next }
  },
)

/** Deprecates a domain and its types; open executions continue. */
export const deprecateDomain = operation(named, (swf, { name }) => {
  if (domainNamed(swf, name).status === 'DEPRECATED') throw domainDeprecated(name)
  const now = nowIn(swf, name)
  swf.context.transaction(() => {
    swf.domains.setStatus(name, 'DEPRECATED')
    swf.workflowTypes.deprecateAll(name, now)
    swf.activityTypes.deprecateAll(name, now)
  })
})

export const undeprecateDomain = operation(named, (swf, { name }) => {
  if (domainNamed(swf, name).status === 'REGISTERED') throw domainAlreadyExists(name)
  swf.domains.setStatus(name, 'REGISTERED')
})

const tagged = { resourceArn: m.arn }

export const tagResource = operation(structure({ ...tagged, tags: list(tag) }, {}), (swf, { resourceArn, tags }) => {
  const domain = domainOf(swf, resourceArn)
  swf.domains.setTags(domain.name, withTags(domain.tags, tags))
})

export const untagResource = operation(
  structure({ ...tagged, tagKeys: list(text({ min: 1, max: 128 })) }, {}),
  (swf, { resourceArn, tagKeys }) => {
    const domain = domainOf(swf, resourceArn)
    const kept = Object.entries(domain.tags).filter(([key]) => !tagKeys.includes(key))
    swf.domains.setTags(domain.name, Object.fromEntries(kept))
  },
)

export const listTagsForResource = operation(structure(tagged, {}), (swf, { resourceArn }) => ({
  tags: Object.entries(domainOf(swf, resourceArn).tags).map(([key, value]) => ({ key, value })),
}))

function withTags(tags: Domain['tags'], added: readonly { key: string; value?: string | undefined }[]): Domain['tags'] {
  const all = { ...tags, ...Object.fromEntries(added.map(({ key, value }) => [key, value ?? ''])) }
  if (Object.keys(all).length > maxTags) throw tooManyTags(`A resource can have at most ${maxTags} tags`)
  return all
}

const arnPrefix = ({ context }: Swf) => `arn:aws:swf:${context.region}:${context.account}:/domain/`

function domainOf(swf: Swf, arn: string): Domain {
  const prefix = arnPrefix(swf)
  return domainNamed(swf, arn.startsWith(prefix) ? arn.slice(prefix.length) : arn)
}

function infoOf(swf: Swf, { name, status, description }: Domain) {
  return { name, status, description, arn: `${arnPrefix(swf)}${name}` }
}
