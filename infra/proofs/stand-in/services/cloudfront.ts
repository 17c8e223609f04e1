import { isObject, textOf, type Value } from '../../wire/values.ts'
import { uuidOf } from '../rules/digits.ts'
import { each, matches, oneOf, type Kinds } from '../rules/kind.ts'

const name = matches('name', /^[A-Za-z0-9_-]{1,64}$/, '1 to 64 of letters, digits, hyphens and underscores')
const ownId = (digits: string) => `E${digits.slice(0, 13).toUpperCase()}`

const methods = [
  ['GET', 'HEAD'],
  ['GET', 'HEAD', 'OPTIONS'],
  ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
].map((set) => set.join())
const behaviour = 'a targetOriginId that is the originId of one of its origins, and one of three sets of methods'

const isBehaviour = (value: Value, origins: Value | undefined) =>
  isObject(value) &&
  Array.isArray(origins) &&
  origins.some((origin) => isObject(origin) && origin['originId'] === value['targetOriginId']) &&
  methods.includes([value['allowedMethods'] ?? []].flat().map(textOf).toSorted().join())

/** Headers that a distribution may not add, for they are CloudFront's or of the connection. */
const reserved =
  /^(x-amz-|x-edge-|cache-control$|connection$|content-length$|cookie$|host$|if-|range$|te$|trailer$|transfer-encoding$|upgrade$|via$|x-real-ip$|x-forwarded-proto$)/i

function isOrigin(origin: Value): boolean {
  if (!isObject(origin)) return false
  const custom = origin['customOriginConfig']
  const headers = [origin['customHeaders'] ?? []].flat().filter(isObject)
  const isPort = (port: Value | undefined) =>
    [80, 443].includes(Number(port)) || (Number(port) >= 1024 && Number(port) <= 65_535)
  const isTime = (seconds: Value | undefined) =>
    seconds === undefined || (Number(seconds) >= 1 && Number(seconds) <= 120)
  return (
    headers.every(({ name: header }) => !reserved.test(textOf(header))) &&
    (!isObject(custom) ||
      (isPort(custom['httpPort']) &&
        isPort(custom['httpsPort']) &&
        isTime(custom['originReadTimeout']) &&
        isTime(custom['originKeepaliveTimeout'])))
  )
}

export const cloudfront = {
  'aws:cloudfront/distribution:Distribution': {
    replaces: ['staging'],
    rules: [
      oneOf('priceClass', 'PriceClass_100', 'PriceClass_200', 'PriceClass_All'),
      {
        property: 'defaultCacheBehavior',
        holds: (value, { origins }) => isBehaviour(value, origins),
        says: behaviour,
      },
      {
        property: 'orderedCacheBehaviors',
        holds: (value, { origins }) => Array.isArray(value) && value.every((one) => isBehaviour(one, origins)),
        says: behaviour,
      },
      each(
        'origins',
        isOrigin,
        'for what is no bucket ports (80, 443, 1024 and above), up to 120 seconds, and headers that CloudFront may set',
      ),
      {
        property: 'aliases',
        holds: (value, { viewerCertificate }) =>
          (Array.isArray(value) && value.length === 0) ||
          (isObject(viewerCertificate) && viewerCertificate['acmCertificateArn'] !== undefined),
        says: 'with a certificate: viewerCertificate.acmCertificateArn',
      },
      {
        property: 'viewerCertificate',
        holds: (value) =>
          !isObject(value) ||
          value['acmCertificateArn'] === undefined ||
          textOf(value['acmCertificateArn']).startsWith('arn:aws:acm:us-east-1:'),
        says: "a certificate of us-east-1, whatever the environment's region",
      },
    ],
    made: ({ digits, arn }) => ({
      id: ownId(digits),
      arn: arn('cloudfront', `distribution/${ownId(digits)}`, 'global'),
      domainName: `d${digits.slice(0, 13)}.cloudfront.net`,
      hostedZoneId: 'Z2FDTNDATAQYW2',
      status: 'Deployed',
    }),
  },
  'aws:cloudfront/originAccessControl:OriginAccessControl': {
    named: 'name',
    replaces: [],
    rules: [
      name,
      oneOf('signingBehavior', 'always', 'never', 'no-override'),
      oneOf('signingProtocol', 'sigv4'),
      oneOf('originAccessControlOriginType', 's3', 'lambda', 'mediastore', 'mediapackagev2'),
    ],
    made: ({ digits }) => ({ id: ownId(digits) }),
  },
  'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy': {
    named: 'name',
    replaces: [],
    rules: [matches('name', /^[A-Za-z0-9_-]{1,128}$/, '1 to 128 of letters, digits, hyphens and underscores')],
    made: ({ digits }) => ({ id: uuidOf(digits) }),
  },
  'aws:cloudfront/cachePolicy:CachePolicy': {
    named: 'name',
    replaces: [],
    rules: [matches('name', /^[A-Za-z0-9_-]{1,128}$/, '1 to 128 of letters, digits, hyphens and underscores')],
    made: ({ digits }) => ({ id: uuidOf(digits) }),
  },
} satisfies Kinds
