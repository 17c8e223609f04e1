import { textOf } from '../../wire/values.ts'
import { arn, policyDocument } from '../rules/documents.ts'
import { uuidOf } from '../rules/digits.ts'
import { between, each, matches, oneOf, type Kinds } from '../rules/kind.ts'

export const secrets = {
  'aws:secretsmanager/secret:Secret': {
    named: 'name',
    replaces: ['name', 'namePrefix'],
    rules: [
      matches('name', /^[A-Za-z0-9/_+=.@-]{1,512}$/, '1 to 512 of letters, digits and /_+=.@-'),
      {
        property: 'recoveryWindowInDays',
        holds: (value) => value === 0 || between('', 7, 30).holds(value, {}),
        says: '0, or 7 to 30 days',
      },
      policyDocument('policy', 'resource'),
    ],
    made: ({ text, arn: of, digits }) => {
      const id = of('secretsmanager', `secret:${text('name')}-${digits.slice(0, 6)}`)
      return { id, arn: id }
    },
  },
  'aws:secretsmanager/secretVersion:SecretVersion': {
    replaces: ['secretId', 'secretString', 'secretBinary'],
    rules: [
      arn('secretId'),
      each('versionStages', (stage) => /^[^]{1,256}$/.test(textOf(stage)), 'labels of 1 to 256 characters'),
      { property: 'secretString', holds: (value) => textOf(value).length <= 65_536, says: 'at most 65,536 characters' },
    ],
    made: ({ text, inputs, digits }) => {
      const versionId = `terraform-${digits.slice(0, 26)}`
      return {
        id: `${text('secretId')}|${versionId}`,
        arn: text('secretId'),
        versionId,
        versionStages: inputs['versionStages'] ?? ['AWSCURRENT'],
      }
    },
  },
  'aws:secretsmanager/secretRotation:SecretRotation': {
    replaces: ['secretId'],
    rules: [arn('secretId'), arn('rotationLambdaArn')],
    made: ({ text }) => ({ id: text('secretId'), rotationEnabled: true }),
  },
  'aws:ssm/parameter:Parameter': {
    named: 'name',
    replaces: ['name', 'dataType'],
    rules: [
      matches('name', /^\/?[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/, 'a path of letters, digits and _ . -'),
      oneOf('type', 'String', 'StringList', 'SecureString'),
    ],
    made: ({ text, arn: of }) => ({
      id: text('name'),
      arn: of('ssm', `parameter/${text('name').replace(/^\//, '')}`),
      version: 1,
    }),
  },
  'aws:kms/key:Key': {
    replaces: ['customerMasterKeySpec', 'keyUsage', 'multiRegion'],
    rules: [between('deletionWindowInDays', 7, 30), policyDocument('policy', 'resource')],
    made: ({ arn: of, digits }) => {
      const keyId = uuidOf(digits)
      return { id: keyId, keyId, arn: of('kms', `key/${keyId}`) }
    },
  },
  'aws:kms/alias:Alias': {
    named: 'name',
    replaces: ['name', 'namePrefix'],
    rules: [
      matches(
        'name',
        /^alias\/(?!aws\/)[A-Za-z0-9/_-]{1,250}$/,
        'alias/... of letters, digits and /_-, not alias/aws/...',
      ),
    ],
    made: ({ text, arn: of }) => ({ id: text('name'), arn: of('kms', text('name')) }),
  },
} satisfies Kinds
