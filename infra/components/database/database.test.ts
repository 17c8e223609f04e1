import type { Environment } from '@continuum/environments'
import { expect, test } from 'vitest'
import { plainEnvironment } from '../../proofs/testing/environments.ts'
import { plan, valueOf } from '../../proofs/testing/planned.ts'
import { Database } from './database.ts'
import { DatabaseSizeError } from './plan.ts'
import { restoreNotices } from './restore.ts'

type Asked = NonNullable<Environment['database']>
const small: Asked = {
  engine: 'rds',
  version: '17',
  class: 'db.t4g.micro',
  storageGigabytes: 20,
  twoZones: false,
  backupDays: 7,
}
const serverless: Asked = {
  engine: 'aurora-serverless',
  version: '17',
  capacity: { least: 0, most: 4 },
  twoZones: true,
  backupDays: 1,
}

async function databaseOf(changes: Partial<Environment>) {
  const { made, resources } = await plan(
    () =>
      new Database('database', {
        environment: { ...plainEnvironment, ...changes },
        vpcId: 'vpc-1',
        subnetIds: ['subnet-a', 'subnet-b'],
        clientSecurityGroupId: 'sg-tasks',
      }),
  )
  const one = (type: string) => {
    const [first, ...others] = resources.filter((resource) => resource.type === type)
    expect(others).toEqual([])
    return first
  }
  return { database: made, resources, one }
}

test('an RDS instance has the size that the environment gives it, encrypted and backed up', async () => {
  const { one, resources } = await databaseOf({ database: small })
  expect(one('aws:rds/instance:Instance')?.inputs).toMatchObject({
    identifier: 'ct-database',
    engine: 'postgres',
    instanceClass: 'db.t4g.micro',
    allocatedStorage: 20,
    maxAllocatedStorage: 80,
    multiAz: false,
    storageEncrypted: true,
    publiclyAccessible: false,
    backupRetentionPeriod: 7,
  })
  expect(resources[0]).toMatchObject({ type: 'continuum:database:Database', name: 'database' })
  expect(resources.slice(1).every(({ name, parent }) => parent === 'database' && name.startsWith('database'))).toBe(
    true,
  )
})

test('RDS draws the password, keeps it and changes it; the program never knows it', async () => {
  const { one, database, resources } = await databaseOf({ database: small })
  expect(one('aws:rds/instance:Instance')?.inputs).toMatchObject({ manageMasterUserPassword: true })
  expect(JSON.stringify(resources)).not.toMatch(/"(password|masterPassword)"/)
  const arn = await valueOf(database.passwordSecretArn)
  expect(arn).toMatch(/^arn:aws:secretsmanager:.*ct-database$/)
  expect(one('aws:secretsmanager/secretRotation:SecretRotation')?.inputs).toEqual({
    secretId: arn,
    rotateImmediately: false,
    rotationRules: { automaticallyAfterDays: 30 },
  })
})

test('18.12: its address has no password and asks for TLS with its certificate verified; the database insists on TLS', async () => {
  const { database, one } = await databaseOf({ database: small })
  expect(await valueOf(database.url)).toBe(
    'postgres://continuum@ct-database.rds.test:5432/continuum?sslmode=verify-full',
  )
  expect(await valueOf(database.identifier)).toBe('ct-database')
  expect(one('aws:rds/parameterGroup:ParameterGroup')?.inputs).toMatchObject({
    name: 'ct-database-postgres17',
    family: 'postgres17',
    parameters: [{ name: 'rds.force_ssl', value: '1' }],
  })
})

test('the tasks alone may connect', async () => {
  const { one } = await databaseOf({ database: small })
  expect(one('aws:ec2/securityGroup:SecurityGroup')?.inputs).not.toHaveProperty('ingress')
  expect(one('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule')?.inputs).toMatchObject({
    referencedSecurityGroupId: 'sg-tasks',
    securityGroupId: 'database-access-id',
    ipProtocol: 'tcp',
    fromPort: 5432,
    toPort: 5432,
  })
  expect(one('aws:rds/instance:Instance')?.inputs).toMatchObject({ vpcSecurityGroupIds: ['database-access-id'] })
  expect(one('aws:rds/subnetGroup:SubnetGroup')?.inputs).toMatchObject({ subnetIds: ['subnet-a', 'subnet-b'] })
})

test('Aurora Serverless scales between the capacities, pauses where it may, and has a second instance for a second zone', async () => {
  const { one, resources, database } = await databaseOf({ database: serverless })
  expect(one('aws:rds/cluster:Cluster')?.inputs).toMatchObject({
    clusterIdentifier: 'ct-database',
    engine: 'aurora-postgresql',
    serverlessv2ScalingConfiguration: { minCapacity: 0, maxCapacity: 4, secondsUntilAutoPause: 600 },
    manageMasterUserPassword: true,
    storageEncrypted: true,
    backupRetentionPeriod: 1,
    dbClusterParameterGroupName: 'ct-database-aurora-postgresql17',
  })
  const instances = resources.filter(({ type }) => type === 'aws:rds/clusterInstance:ClusterInstance')
  expect(instances.map(({ inputs }) => [inputs['identifier'], inputs['instanceClass']])).toEqual([
    ['ct-database-1', 'db.serverless'],
    ['ct-database-2', 'db.serverless'],
  ])
  expect(await valueOf(database.url)).toContain('@ct-database.rds.test:5432/')
  const rotation = one('aws:secretsmanager/secretRotation:SecretRotation')
  expect(rotation?.dependsOn).toEqual(expect.arrayContaining(['database-1', 'database-2']))
})

test('what PostgreSQL logs is not kept longer than other logs', async () => {
  for (const [asked, kind] of [
    [small, 'instance'],
    [serverless, 'cluster'],
  ] as const) {
    const { one } = await databaseOf({ database: asked })
    expect(one('aws:cloudwatch/logGroup:LogGroup')?.inputs).toMatchObject({
      name: `/aws/rds/${kind}/ct-database/postgresql`,
      retentionInDays: 30,
    })
  }
})

test.each([
  ['an instance', small],
  ['a cluster', serverless],
])('in a protected environment %s refuses to be deleted, and leaves a snapshot', async (_, asked) => {
  const of = async (isProtected: boolean) => {
    const { resources } = await databaseOf({ database: asked, protected: isProtected })
    return resources.find(({ type }) => /^aws:rds\/(instance|cluster):/.test(type))
  }
  expect(await of(true)).toMatchObject({
    protect: true,
    retainOnDelete: true,
    inputs: { deletionProtection: true, skipFinalSnapshot: false, finalSnapshotIdentifier: 'ct-database-final' },
  })
  expect(await of(false)).toMatchObject({
    protect: false,
    retainOnDelete: false,
    inputs: { deletionProtection: false, skipFinalSnapshot: true },
  })
})

test.each([
  ['an instance', small],
  ['a cluster', serverless],
])(
  '%s has the major version of its environment, which is raised only while that says so, and then at once',
  async (_, asked) => {
    const of = async (changes: Partial<Asked>) => {
      const { resources } = await databaseOf({ database: { ...asked, ...changes }, protected: true })
      return {
        made: resources.find(({ type }) => /^aws:rds\/(instance|cluster):/.test(type))?.inputs,
        family: resources.find(({ type }) => type.endsWith('ParameterGroup'))?.inputs['family'],
      }
    }
    const usual = await of({})
    expect(usual.made).toMatchObject({ engineVersion: '17', applyImmediately: false })
    expect(usual.made).not.toHaveProperty('allowMajorVersionUpgrade')
    const raised = await of({ version: '18', upgrade: true })
    expect(raised.made).toMatchObject({ engineVersion: '18', applyImmediately: true, allowMajorVersionUpgrade: true })
    expect(raised.family).toMatch(/18$/)
  },
)

test.each([
  [
    'an instance from a snapshot',
    small,
    { snapshot: 'ct-database-final' },
    { snapshotIdentifier: 'ct-database-final' },
  ],
  [
    'an instance as another was at an instant',
    small,
    { database: 'ct-database-lost', time: '2026-11-30T09:00:00Z' },
    { restoreToPointInTime: { sourceDbInstanceIdentifier: 'ct-database-lost', restoreTime: '2026-11-30T09:00:00Z' } },
  ],
  [
    'an instance as a deleted one was at last',
    small,
    { database: 'db-ABCDEFGHIJKL' },
    { restoreToPointInTime: { sourceDbiResourceId: 'db-ABCDEFGHIJKL', useLatestRestorableTime: true } },
  ],
  ['a cluster from a snapshot', serverless, { snapshot: 'rds:ct-1' }, { snapshotIdentifier: 'rds:ct-1' }],
  [
    'a cluster as a deleted one was at an instant',
    serverless,
    { database: 'cluster-ABCDEF', time: '2026-11-30T09:00:00Z' },
    { restoreToPointInTime: { sourceClusterResourceId: 'cluster-ABCDEF', restoreToTime: '2026-11-30T09:00:00Z' } },
  ],
])('%s is restored with everything else that the environment says', async (_, asked, restoreFrom, wanted) => {
  const { resources } = await databaseOf({ database: { ...asked, restoreFrom } })
  const made = resources.find(({ type }) => /^aws:rds\/(instance|cluster):/.test(type))
  expect(made?.inputs).toMatchObject({ ...wanted, storageEncrypted: true, manageMasterUserPassword: true })
  // RDS restores the database's name with it.
  expect(made?.inputs).not.toHaveProperty('dbName')
  expect(made?.inputs).not.toHaveProperty('databaseName')
  expect(made?.ignoreChanges).toEqual(expect.arrayContaining(['snapshotIdentifier', 'restoreToPointInTime', 'dbName']))
})

test('what restoreFrom does is said before anything is made, and where it is absent nothing is', () => {
  const environment = { ...plainEnvironment, database: { ...small, restoreFrom: { snapshot: 'ct-database-final' } } }
  expect(restoreNotices(environment)).toEqual([
    expect.stringMatching(/^ct-database is restored from the snapshot ct-database-final if it does not exist\./),
  ])
  expect(restoreNotices({ ...plainEnvironment, database: small })).toEqual([])
})

test('a database without a size is refused, with what is missing', async () => {
  const unsized: Asked = { engine: 'rds', version: '17', twoZones: false, backupDays: 7 }
  const refusal = await databaseOf({ database: unsized }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DatabaseSizeError)
  expect(refusal).toMatchObject({ message: expect.stringContaining('database.storageGigabytes') })
})
