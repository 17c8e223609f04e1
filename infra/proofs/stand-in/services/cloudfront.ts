import { isObject, textOf } from '../../wire/values.ts'
import { uuidOf } from '../rules/digits.ts'
import { matches, oneOf, type Kinds } from '../rules/kind.ts'

const name = matches('name', /^[A-Za-z0-9_-]{1,64}$/, '1 to 64 of letters, digits, hyphens and underscores')
const ownId = (digits: string) => `E${digits.slice(0, 13).toUpperCase()}`

export const cloudfront = {
  'aws:cloudfront/distribution:Distribution': {
    replaces: ['staging'],
    rules: [
      oneOf('priceClass', 'PriceClass_100', 'PriceClass_200', 'PriceClass_All'),
      {
        property: 'defaultCacheBehavior',
        holds: (value, { origins }) =>
          isObject(value) &&
          Array.isArray(origins) &&
          origins.some((origin) => isObject(origin) && origin['originId'] === value['targetOriginId']),
        says: 'a targetOriginId that is the originId of one of its origins',
      },
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
