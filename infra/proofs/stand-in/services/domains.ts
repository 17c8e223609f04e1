import { textOf } from '../../wire/values.ts'
import { arn } from '../rules/documents.ts'
import { uuidOf } from '../rules/digits.ts'
import { between, matches, oneOf, type Kinds } from '../rules/kind.ts'

const host = (property: string) =>
  matches(
    property,
    /^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,}\.?$/,
    'a host name whose labels have at most 63 characters',
  )

export const domains = {
  'aws:acm/certificate:Certificate': {
    replaces: ['domainName', 'subjectAlternativeNames', 'validationMethod', 'keyAlgorithm'],
    rules: [
      host('domainName'),
      matches('domainName', /^.{1,64}$/, 'at most 64 characters'),
      oneOf('validationMethod', 'DNS', 'EMAIL', 'NONE'),
    ],
    made: ({ text, inputs, arn: of, digits }) => {
      const id = of('acm', `certificate/${uuidOf(digits)}`)
      const others = [inputs['subjectAlternativeNames'] ?? []].flat().map(textOf)
      const domainValidationOptions = [...new Set([text('domainName'), ...others])].map((domainName) => ({
        domainName,
        resourceRecordName: `_${digits.slice(0, 32)}.${domainName.replace(/^\*\./, '')}.`,
        resourceRecordType: 'CNAME',
        resourceRecordValue: `_${digits.slice(32, 64)}.acm-validations.aws.`,
      }))
      return { id, arn: id, domainValidationOptions, status: 'PENDING_VALIDATION' }
    },
  },
  'aws:acm/certificateValidation:CertificateValidation': {
    replaces: ['certificateArn', 'validationRecordFqdns'],
    rules: [arn('certificateArn')],
    made: ({ text }) => ({ id: text('certificateArn') }),
  },
  'aws:route53/record:Record': {
    replaces: ['zoneId', 'name', 'type', 'setIdentifier'],
    rules: [
      matches('zoneId', /^Z[A-Z0-9]{1,32}$/, "a hosted zone's id: Z..."),
      host('name'),
      oneOf(
        'type',
        'A',
        'AAAA',
        'CAA',
        'CNAME',
        'DS',
        'HTTPS',
        'MX',
        'NAPTR',
        'NS',
        'PTR',
        'SOA',
        'SPF',
        'SRV',
        'SSHFP',
        'SVCB',
        'TLSA',
        'TXT',
      ),
      between('ttl', 0, 2_147_483_647),
    ],
    made: ({ text }) => ({
      id: `${text('zoneId')}_${text('name')}_${text('type')}`,
      fqdn: text('name').replace(/\.$/, ''),
    }),
  },
} satisfies Kinds
