import { isObject, listOf, type Properties, type Value, textOf } from '../wire/values.ts'
import { digitsOf } from './rules/digits.ts'
import { prefixListId } from './rules/prefix-lists.ts'
import type { AwsContext } from './rules/kind.ts'
import { UnsupportedByStandInError } from './kinds.ts'

/** The functions that a program may call, by token. */
const functions: Record<string, (args: Properties, context: AwsContext) => Properties> = {
  'aws:index/getCallerIdentity:getCallerIdentity': (_, { account }) => ({
    id: account,
    accountId: account,
    arn: `arn:aws:iam::${account}:user/continuum`,
    userId: 'AIDACONTINUUM',
  }),
  'aws:index/getRegion:getRegion': (args, context) => {
    const region = textOf(args['region'] ?? context.region)
    return { id: region, region, name: region, description: region, endpoint: `ec2.${region}.amazonaws.com` }
  },
  'aws:index/getPartition:getPartition': () => ({
    id: 'aws',
    partition: 'aws',
    dnsSuffix: 'amazonaws.com',
    reverseDnsPrefix: 'com.amazonaws',
  }),
  'aws:index/getAvailabilityZones:getAvailabilityZones': (_, { region, zones = ['a', 'b', 'c'] }) => ({
    id: region,
    names: zones.map((letter) => `${region}${letter}`),
    zoneIds: zones.map((_letter, index) => `${region}-az${index + 1}`),
    groupNames: [region],
  }),
  'aws:ecr/getRepositories:getRepositories': (_, { region, repositories = {} }) => ({
    id: region,
    region,
    names: Object.keys(repositories),
  }),
  'aws:ecr/getImages:getImages': (args, { region, repositories = {} }) => ({
    ...args,
    id: textOf(args['repositoryName']),
    region,
    imageIds: (repositories[textOf(args['repositoryName'])] ?? []).map((image) => {
      const at = image.indexOf('sha256:')
      const imageTag = at === -1 ? image : image.slice(0, Math.max(0, at - 1))
      return { imageDigest: at === -1 ? `sha256:${digitsOf(image)}` : image.slice(at), imageTag }
    }),
  }),
  'aws:route53/getZone:getZone': (args) => {
    const name = textOf(args['name'] ?? '').replace(/\.$/, '')
    const zoneId = `Z${digitsOf(name).slice(0, 13).toUpperCase()}`
    return {
      ...args,
      id: zoneId,
      zoneId,
      name,
      arn: `arn:aws:route53:::hostedzone/${zoneId}`,
      nameServers: [],
      privateZone: false,
    }
  },
  'aws:iam/getPolicyDocument:getPolicyDocument': (args) => {
    const json = JSON.stringify(
      { Version: '2012-10-17', Statement: listOf(args['statements']).map(statement) },
      null,
      2,
    )
    return { ...args, id: digitsOf(json).slice(0, 10), json, minifiedJson: JSON.stringify(JSON.parse(json)) }
  },
  'aws:ec2/getManagedPrefixList:getManagedPrefixList': (args) => prefixList(args),
  'aws:ec2/getPrefixList:getPrefixList': (args) => prefixList(args),
  'aws:cloudfront/getCachePolicy:getCachePolicy': (args) => ({ ...args, id: '658327ea-f89d-4fab-a63d-7e88639e58f6' }),
  'aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy': (args) => ({
    ...args,
    id: '60669652-455b-4ae9-85a4-c4c02393f86c',
  }),
}

/**
 * Answers a function call as AWS would.
 *
 * @throws {UnsupportedByStandInError}
 */
export function askStandIn(token: string, args: Properties, context: AwsContext): Properties {
  const answer = functions[token]
  if (answer === undefined) throw new UnsupportedByStandInError(token, 'infra/proofs/stand-in/functions.ts')
  return answer(args, context)
}

function prefixList(args: Properties): Properties {
  const id = prefixListId(textOf(args['name']))
  return { ...args, id, prefixListId: id, cidrBlocks: [] }
}

/** Converts a statement from the provider's format to IAM's. */
function statement(value: Value): Value {
  if (!isObject(value)) return value
  const { sid, effect, actions, notActions, resources, notResources, principals, conditions } = value
  const principal = Object.groupBy(listOf(principals).filter(isObject), ({ type }) => textOf(type))
  return {
    ...(sid !== undefined && { Sid: sid }),
    Effect: effect ?? 'Allow',
    ...(actions !== undefined && { Action: actions }),
    ...(notActions !== undefined && { NotAction: notActions }),
    ...(resources !== undefined && { Resource: resources }),
    ...(notResources !== undefined && { NotResource: notResources }),
    ...(principals !== undefined && {
      Principal: Object.fromEntries(
        Object.entries(principal).map(([type, each = []]) => [
          type,
          each.flatMap(({ identifiers }) => listOf(identifiers)),
        ]),
      ),
    }),
    ...(conditions !== undefined && { Condition: conditionsOf(listOf(conditions).filter(isObject)) }),
  }
}

function conditionsOf(conditions: Properties[]): Properties {
  const tests: Record<string, Properties> = {}
  for (const { test, variable, values } of conditions)
    tests[textOf(test)] = { ...tests[textOf(test)], [textOf(variable)]: values ?? [] }
  return tests
}
