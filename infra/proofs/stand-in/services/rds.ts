import { between, matches, oneOf, type Kinds, type Rule } from '../rules/kind.ts'
import { isObject } from '../../wire/values.ts'

const identifier = (property: string) =>
  matches(
    property,
    /^(?!.*--)[a-z][a-z0-9-]{0,62}(?<!-)$/,
    '1 to 63 of a-z, 0-9 and hyphens, from a letter, no two hyphens together, none at the end',
  )
const version = matches('engineVersion', /^1[3-8](\.\d+)?$/, 'a version that RDS has: 17 or 17.2')
const password = (property: string) => matches(property, /^[!-~]{8,128}$/, '8 to 128 printable characters')
const backups = (min: number) => between('backupRetentionPeriod', min, 35)
const user = matches(
  'masterUsername',
  /^(?!rdsadmin$|admin$|postgres$|rds_superuser$)[A-Za-z]\w{0,62}$/,
  'a name that PostgreSQL does not reserve',
)

/** A point in time names one source, and either an instant or the latest. */
const restored = (source: string, deleted: string, time: string): Rule => ({
  property: 'restoreToPointInTime',
  holds: (value) =>
    isObject(value) &&
    (value[source] === undefined) !== (value[deleted] === undefined) &&
    (value[time] === undefined) === (value['useLatestRestorableTime'] === true),
  says: `one of ${source} and ${deleted}, and one of ${time} and useLatestRestorableTime`,
})

export const rds = {
  'aws:rds/subnetGroup:SubnetGroup': {
    named: 'name',
    replaces: ['name', 'namePrefix'],
    rules: [matches('name', /^(?!default$)[a-z0-9 ._-]{1,255}$/, '1 to 255 of a-z, 0-9, spaces and . _ -')],
    made: ({ text, arn }) => ({ id: text('name'), arn: arn('rds', `subgrp:${text('name')}`) }),
  },
  'aws:rds/parameterGroup:ParameterGroup': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'family', 'description'],
    rules: [identifier('name'), matches('family', /^(aurora-)?postgres(ql)?\d+$/, 'a family: postgres18')],
    made: ({ text, arn }) => ({ id: text('name'), arn: arn('rds', `pg:${text('name')}`) }),
  },
  'aws:rds/clusterParameterGroup:ClusterParameterGroup': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'family', 'description'],
    rules: [identifier('name'), matches('family', /^aurora-postgresql\d+$/, 'a family: aurora-postgresql17')],
    made: ({ text, arn }) => ({ id: text('name'), arn: arn('rds', `cluster-pg:${text('name')}`) }),
  },
  'aws:rds/instance:Instance': {
    named: 'identifier',
    replaces: [
      'identifier',
      'identifierPrefix',
      'engine',
      'dbName',
      'username',
      'snapshotIdentifier',
      'restoreToPointInTime',
      'storageEncrypted',
      'kmsKeyId',
      'availabilityZone',
    ],
    rules: [
      identifier('identifier'),
      version,
      matches('instanceClass', /^db\.[a-z0-9]+\.[a-z0-9]+$/, 'a class: db.t4g.micro'),
      between('allocatedStorage', 20, 65_536),
      backups(0),
      between('port', 1150, 65_535),
      password('password'),
      { ...user, property: 'username' },
      restored('sourceDbInstanceIdentifier', 'sourceDbiResourceId', 'restoreTime'),
      {
        property: 'snapshotIdentifier',
        holds: (_, { restoreToPointInTime }) => restoreToPointInTime === undefined,
        says: 'absent where restoreToPointInTime is given',
      },
      oneOf('storageType', 'gp2', 'gp3', 'io1', 'io2', 'standard'),
      oneOf(
        'performanceInsightsRetentionPeriod',
        7,
        ...Array.from({ length: 23 }, (_, month) => (month + 1) * 31),
        731,
      ),
      {
        property: 'password',
        holds: (_, { manageMasterUserPassword }) => manageMasterUserPassword !== true,
        says: 'absent where RDS manages the password itself',
      },
      {
        property: 'skipFinalSnapshot',
        holds: (value, { finalSnapshotIdentifier }) => value === true || finalSnapshotIdentifier !== undefined,
        says: 'true, or a finalSnapshotIdentifier given',
      },
    ],
    made: ({ text, inputs, arn, digits, context }) => {
      const port = Number(inputs['port'] ?? 5432)
      const address = `${text('identifier')}.${digits.slice(0, 12)}.${context.region}.rds.amazonaws.com`
      return {
        id: text('identifier'),
        arn: arn('rds', `db:${text('identifier')}`),
        resourceId: `db-${digits.slice(0, 26).toUpperCase()}`,
        address,
        port,
        endpoint: `${address}:${port}`,
        ...(inputs['manageMasterUserPassword'] === true && {
          masterUserSecrets: [
            {
              secretArn: arn('secretsmanager', `secret:rds!db-${digits.slice(0, 8)}-${digits.slice(8, 14)}`),
              secretStatus: 'active',
              kmsKeyId: arn('kms', 'alias/aws/secretsmanager'),
            },
          ],
        }),
      }
    },
  },
  'aws:rds/cluster:Cluster': {
    named: 'clusterIdentifier',
    replaces: [
      'clusterIdentifier',
      'clusterIdentifierPrefix',
      'engine',
      'databaseName',
      'masterUsername',
      'snapshotIdentifier',
      'restoreToPointInTime',
      'storageEncrypted',
      'kmsKeyId',
    ],
    rules: [
      identifier('clusterIdentifier'),
      version,
      backups(1),
      password('masterPassword'),
      user,
      restored('sourceClusterIdentifier', 'sourceClusterResourceId', 'restoreToTime'),
      oneOf('engine', 'aurora-postgresql', 'aurora-mysql', 'mysql', 'postgres'),
      {
        property: 'skipFinalSnapshot',
        holds: (value, { finalSnapshotIdentifier }) => value === true || finalSnapshotIdentifier !== undefined,
        says: 'true, or a finalSnapshotIdentifier given',
      },
    ],
    made: ({ text, inputs, arn, digits, context }) => ({
      id: text('clusterIdentifier'),
      arn: arn('rds', `cluster:${text('clusterIdentifier')}`),
      clusterResourceId: `cluster-${digits.slice(0, 26).toUpperCase()}`,
      endpoint: `${text('clusterIdentifier')}.cluster-${digits.slice(0, 12)}.${context.region}.rds.amazonaws.com`,
      readerEndpoint: `${text('clusterIdentifier')}.cluster-ro-${digits.slice(0, 12)}.${context.region}.rds.amazonaws.com`,
      port: Number(inputs['port'] ?? 5432),
      ...(inputs['manageMasterUserPassword'] === true && {
        masterUserSecrets: [
          {
            secretArn: arn('secretsmanager', `secret:rds!cluster-${digits.slice(0, 8)}-${digits.slice(8, 14)}`),
            secretStatus: 'active',
            kmsKeyId: arn('kms', 'alias/aws/secretsmanager'),
          },
        ],
      }),
    }),
  },
  'aws:rds/clusterInstance:ClusterInstance': {
    named: 'identifier',
    replaces: ['identifier', 'identifierPrefix', 'clusterIdentifier', 'engine', 'availabilityZone'],
    rules: [
      identifier('identifier'),
      matches('instanceClass', /^db\.(serverless|[a-z0-9]+\.[a-z0-9]+)$/, 'a class: db.serverless'),
    ],
    made: ({ text, arn, digits, context }) => ({
      id: text('identifier'),
      arn: arn('rds', `db:${text('identifier')}`),
      endpoint: `${text('identifier')}.${digits.slice(0, 12)}.${context.region}.rds.amazonaws.com`,
      port: 5432,
    }),
  },
} satisfies Kinds
