import { listOf, textOf } from '../proofs/wire/values.ts'
import { works } from './assumptions.ts'
import { fixed, sum, used, type Rule } from './line.ts'
import { hours, prices } from './prices.ts'
import { logGigabytes } from './watching.ts'

/** The load balancers, and what readers load through them: an LCU-hour is a GB, or 25 new connections a second for an hour. */
export const balancers: Rule = (all, { assumptions: { pages } }) => {
  const gigabytes = pages * works.pageGigabytes
  const connections = (pages * works.pageRequests) / (25 * 3600)
  return [
    fixed('load balancer', all.length * hours, prices.balancer),
    fixed(
      'addresses of the load balancer',
      sum(all, ({ inputs }) => listOf(inputs['subnets']).length) * hours,
      prices.address,
    ),
    used('pages through the load balancer', Math.max(gigabytes, connections), prices.balancerUnit),
    used('pages to readers', gigabytes, prices.outward),
  ]
}

/** The endpoints with an address in the network; the one of S3 is free. */
export const endpoints: Rule = (all, { assumptions }) => {
  const paid = all.filter(({ inputs }) => textOf(inputs['vpcEndpointType']) === 'Interface')
  if (paid.length === 0) return []
  const places = sum(paid, ({ inputs }) => listOf(inputs['subnetIds']).length)
  return [
    fixed('endpoints of the network', places * hours, prices.endpoint),
    used('logs through an endpoint', logGigabytes(assumptions), prices.endpointGigabyte),
  ]
}

/** NAT gateways; what goes out through them is taken to be each package to one recipient. */
export const natGateways: Rule = (all, { assumptions: { articles, megabytes } }) => [
  fixed('NAT gateways', all.length * hours, prices.natGateway),
  used('packages to recipients through NAT', (articles * megabytes) / 1024, prices.natGigabyte),
  used('packages to recipients', (articles * megabytes) / 1024, prices.outward),
]

export const addresses: Rule = (all) => [fixed('addresses of NAT gateways', all.length * hours, prices.address)]

/** CloudFront: each file is a request. */
export const distributions: Rule = (_, { assumptions: { gigabytes } }) => [
  used('files to readers', gigabytes, prices.toReaders),
  used('requests for files', (gigabytes * 1024) / works.fileMegabytes / 10_000, prices.toReadersRequests),
]

/** The hosted zones in which the records are; they are there before the environment. */
export const records: Rule = (all) => [
  fixed('hosted zone of the domain', new Set(all.map(({ inputs }) => textOf(inputs['zoneId']))).size, prices.zone),
]

export const privateZones: Rule = (all) => [fixed('zone of private names', all.length, prices.zone)]

export const webAcls: Rule = (all, { assumptions: { pages } }) => [
  fixed('WAF', all.length, prices.webAcl),
  fixed(
    'rules of WAF',
    sum(all, ({ inputs }) => listOf(inputs['rules']).length),
    prices.webAclRule,
  ),
  used('requests to WAF', (pages * works.pageRequests) / 1e6, prices.webAclRequests),
]

/** A connection that is logged is taken to be a request's: 200 bytes each way. */
export const flowLogs: Rule = (_, { assumptions: { pages } }) => [
  used('logs of connections', (pages * works.pageRequests * 400) / 1e9, prices.flowLogs),
]

/** A record of each request that WAF sees, of about 1.5 kB. */
export const webAclLogs: Rule = (_, { assumptions: { pages } }) => [
  used('logs of WAF', (pages * works.pageRequests * 1500) / 1e9, prices.logs),
]
