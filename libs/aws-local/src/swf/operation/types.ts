import {
  describeType,
  domainDeprecated,
  typeAlreadyExists,
  typeDeprecated,
  typeNotDeprecated,
  unknownType,
} from '../wire/errors.ts'
import type { Versioned } from '../execution/events.ts'
import { domainNamed, nowIn, type Swf } from './swf.ts'
import * as m from '../wire/members.ts'
import { flag, structure, type Shape } from '../wire/shape.ts'
import type { RegisteredType, Types } from '../store/types.ts'
import { operation } from './operation.ts'
import { pageOf } from './pages.ts'

const identified = { domain: m.name, name: m.name, version: m.version }

export const registerWorkflowType = operation(
  structure(identified, {
    description: m.description,
    defaultTaskStartToCloseTimeout: m.duration,
    defaultExecutionStartToCloseTimeout: m.executionTimeout,
    defaultTaskList: m.taskList,
    defaultTaskPriority: m.priority,
    defaultChildPolicy: m.childPolicy,
    defaultLambdaRole: m.arn,
  }),
  (swf, { domain, name, version, description, ...defaults }) =>
    register(swf, swf.workflowTypes, domain, { name, version }, description, defaults),
)

export const registerActivityType = operation(
  structure(identified, {
    description: m.description,
    defaultTaskStartToCloseTimeout: m.duration,
    defaultTaskHeartbeatTimeout: m.duration,
    defaultTaskList: m.taskList,
    defaultTaskPriority: m.priority,
    defaultTaskScheduleToStartTimeout: m.duration,
    defaultTaskScheduleToCloseTimeout: m.duration,
  }),
  (swf, { domain, name, version, description, ...defaults }) =>
    register(swf, swf.activityTypes, domain, { name, version }, description, defaults),
)

function register<D>(
  swf: Swf,
  types: Types<D>,
  domain: string,
  type: Versioned,
  description: string | undefined,
  defaults: D,
) {
  if (domainNamed(swf, domain).status === 'DEPRECATED') throw domainDeprecated(domain)
  if (types.find(domain, type) !== undefined) throw typeAlreadyExists(describeType(types.kind, type))
  types.add(domain, type, description, defaults, nowIn(swf, domain))
}

/** The operations on registered types, which differ between both kinds only in the name of one member. */
function operationsOn<I extends { domain: string }, D>(
  typesOf: (swf: Swf) => Types<D>,
  member: 'workflowType' | 'activityType',
  identifies: Shape<I>,
  typeIn: (input: I) => Versioned,
) {
  const find = (swf: Swf, input: I): RegisteredType<D> => {
    const { name } = domainNamed(swf, input.domain)
    const type = typesOf(swf).find(name, typeIn(input))
    if (type === undefined) throw unknownType(typesOf(swf).kind, typeIn(input))
    return type
  }
  const infoOf = ({ type, status, description, createdAt, deprecatedAt }: RegisteredType<D>) => ({
    [member]: type,
    status,
    description,
    creationDate: createdAt / 1000,
    deprecationDate: deprecatedAt === undefined ? undefined : deprecatedAt / 1000,
  })
  return {
    describe: operation(identifies, (swf, input) => {
      const found = find(swf, input)
      return { typeInfo: infoOf(found), configuration: found.defaults }
    }),
    list: operation(
      structure(
        { domain: m.name, registrationStatus: m.registrationStatus },
        { name: m.name, nextPageToken: m.pageToken, maximumPageSize: m.pageSize, reverseOrder: flag },
      ),
      (swf, { domain, registrationStatus, name, reverseOrder = false, ...paging }) => {
        const all = typesOf(swf)
          .list(domainNamed(swf, domain).name, registrationStatus)
          .filter(({ type }) => name === undefined || type.name === name)
        const of = `${member} ${domain} ${registrationStatus} ${name ?? ''} ${reverseOrder}`
        const { items, next } = pageOf(reverseOrder ? all.toReversed() : all, paging, of, swf.context.clock.now())
        return { typeInfos: items.map(infoOf), ...next }
      },
    ),
    deprecate: operation(identifies, (swf, input) => {
      const { type, status } = find(swf, input)
      const types = typesOf(swf)
      if (status === 'DEPRECATED') throw typeDeprecated(describeType(types.kind, type))
      types.setStatus(input.domain, type, 'DEPRECATED', nowIn(swf, input.domain))
    }),
    undeprecate: operation(identifies, (swf, input) => {
      const { type, status } = find(swf, input)
      const types = typesOf(swf)
      if (status === 'REGISTERED') throw typeAlreadyExists(describeType(types.kind, type))
      types.setStatus(input.domain, type, 'REGISTERED', null)
    }),
    remove: operation(identifies, (swf, input) => {
      const { type, status } = find(swf, input)
      const types = typesOf(swf)
      if (status === 'REGISTERED') throw typeNotDeprecated(describeType(types.kind, type))
      types.remove(input.domain, type)
    }),
  }
}

export const workflowTypes = operationsOn(
  (swf) => swf.workflowTypes,
  'workflowType',
  structure({ domain: m.name, workflowType: m.versioned }, {}),
  (input) => input.workflowType,
)
export const activityTypes = operationsOn(
  (swf) => swf.activityTypes,
  'activityType',
  structure({ domain: m.name, activityType: m.versioned }, {}),
  (input) => input.activityType,
)
