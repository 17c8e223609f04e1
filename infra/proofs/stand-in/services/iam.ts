import { textOf } from '../../wire/values.ts'
import { arn, policyDocument } from '../rules/documents.ts'
import { between, each, matches, type Kinds } from '../rules/kind.ts'

const name = (maxLength: number) =>
  matches('name', new RegExp(`^[\\w+=,.@-]{1,${maxLength}}$`), `1 to ${maxLength} of letters, digits and +=,.@_-`)
const role = matches('role', /^[\w+=,.@-]{1,64}$/, "a role's name")

export const iam = {
  'aws:iam/role:Role': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'path'],
    rules: [
      name(64),
      matches('description', /^[\t\n\r -~¡-ÿ]{0,1000}$/, 'at most 1,000 characters of Latin-1'),
      policyDocument('assumeRolePolicy', 'trust'),
      between('maxSessionDuration', 3600, 43_200),
    ],
    made: ({ text, arn: of, digits }) => ({
      id: text('name'),
      arn: of('iam', `role${text('path') || '/'}${text('name')}`, 'global'),
      uniqueId: `AROA${digits.slice(0, 16).toUpperCase()}`,
    }),
  },
  'aws:iam/rolePolicy:RolePolicy': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'role'],
    rules: [
      name(128),
      role,
      policyDocument('policy', 'role'),
      {
        property: 'policy',
        holds: (value) => textOf(value).replaceAll(/\s/g, '').length <= 10_240,
        says: 'at most 10,240 characters',
      },
    ],
    made: ({ text }) => ({ id: `${text('role')}:${text('name')}` }),
  },
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': {
    replaces: ['role', 'policyArn'],
    rules: [role, arn('policyArn')],
    made: ({ text, digits }) => ({ id: `${text('role')}-${digits.slice(0, 26)}` }),
  },
  'aws:iam/openIdConnectProvider:OpenIdConnectProvider': {
    replaces: ['url'],
    rules: [
      matches('url', /^https:\/\/[\w.-]+(\/[\w./-]*)?$/, 'an https address without a port'),
      each(
        'clientIdLists',
        (id) => typeof id === 'string' && id.length > 0 && id.length <= 255,
        'audiences of 1 to 255',
      ),
    ],
    made: ({ text, arn: of }) => {
      const id = of('iam', `oidc-provider/${text('url').replace('https://', '')}`, 'global')
      return { id, arn: id }
    },
  },
  'aws:iam/policy:Policy': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'path', 'description'],
    rules: [name(128), policyDocument('policy', 'role')],
    made: ({ text, arn: of }) => {
      const id = of('iam', `policy${text('path') || '/'}${text('name')}`, 'global')
      return { id, arn: id }
    },
  },
} satisfies Kinds
