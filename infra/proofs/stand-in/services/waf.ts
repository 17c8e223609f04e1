import { isObject, textOf, type Properties, type Value } from '../../wire/values.ts'
import { uuidOf } from '../rules/digits.ts'
import { arn } from '../rules/documents.ts'
import { each, matches, oneOf, type Kinds } from '../rules/kind.ts'

const name = matches('name', /^[\w-]{1,128}$/, '1 to 128 of letters, digits, hyphens and underscores')

const list = (value: Value | undefined): Properties[] => [value ?? []].flat().filter(isObject)
const isLimit = (limit: Value | undefined) =>
  Number.isInteger(limit) && Number(limit) >= 10 && Number(limit) <= 2_000_000_000

function isRule(rule: Value): boolean {
  if (!isObject(rule) || !isObject(rule['statement']) || !isObject(rule['visibilityConfig'])) return false
  const { rateBasedStatement: rate, managedRuleGroupStatement: group } = rule['statement']
  // The rules of a group have actions of their own, which can be overridden alone.
  const [acts, overrides] = [rule['action'] !== undefined, rule['overrideAction'] !== undefined]
  if (isObject(rate) && (!isLimit(rate['limit']) || ![undefined, 60, 120, 300, 600].includes(secondsIn(rate))))
    return false
  return group === undefined ? acts && !overrides : overrides && !acts
}

const secondsIn = ({ evaluationWindowSec: seconds }: Properties) =>
  seconds === undefined ? undefined : Number(seconds)

export const waf = {
  'aws:wafv2/webAcl:WebAcl': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'scope'],
    rules: [
      name,
      matches(
        'description',
        /^[\w+=:#@/\-,.][\w+=:#@/\-,.\s]{0,254}[\w+=:#@/\-,.]$/,
        '1 to 256 characters of +=:#@/,.- and words',
      ),
      oneOf('scope', 'REGIONAL', 'CLOUDFRONT'),
      each(
        'rules',
        isRule,
        'rules with an action (groups with an overrideAction), a metric, and limits of 10 and more',
      ),
      {
        property: 'rules',
        holds: (value) => new Set(list(value).map(({ priority }) => textOf(priority))).size === list(value).length,
        says: 'rules of different priorities',
      },
      {
        property: 'defaultAction',
        holds: (value) => isObject(value) && Object.keys(value).length === 1,
        says: 'either allow or block',
      },
    ],
    made: ({ text, digits, arn: of }) => {
      const id = uuidOf(digits)
      const where = text('scope') === 'CLOUDFRONT' ? 'global' : 'regional'
      return { id, arn: of('wafv2', `${where}/webacl/${text('name')}/${id}`), capacity: 1 }
    },
  },
  'aws:wafv2/webAclAssociation:WebAclAssociation': {
    replaces: ['resourceArn', 'webAclArn'],
    rules: [
      arn('resourceArn'),
      matches('webAclArn', /^arn:aws:wafv2:[^:]+:\d{12}:regional\/webacl\//, 'the ARN of a regional web ACL'),
    ],
    made: ({ text }) => ({ id: `${text('webAclArn')},${text('resourceArn')}` }),
  },
  'aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration': {
    replaces: ['resourceArn'],
    rules: [
      arn('resourceArn'),
      each(
        'logDestinationConfigs',
        (value) =>
          /^arn:aws:(logs:[^:]+:\d{12}:log-group:|s3:::|firehose:[^:]+:\d{12}:deliverystream\/)aws-waf-logs-/.test(
            textOf(value),
          ),
        'one destination whose name begins with aws-waf-logs-',
      ),
      {
        property: 'logDestinationConfigs',
        holds: (value) => list(value).length === 0 && Array.isArray(value) && value.length === 1,
        says: 'one destination',
      },
      each(
        'redactedFields',
        (value) =>
          isObject(value) &&
          Object.keys(value).every((key) => ['method', 'queryString', 'singleHeader', 'uriPath'].includes(key)),
        'the fields that WAF can redact: method, queryString, singleHeader, uriPath',
      ),
    ],
    made: ({ text }) => ({ id: text('resourceArn') }),
  },
} satisfies Kinds
