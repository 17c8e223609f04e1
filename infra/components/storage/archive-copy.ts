import type { BucketResource } from '@continuum/aws-resources'
import type { ArchiveCopyNames, Environment } from '@continuum/environments'
import { getCallerIdentityOutput, iam, s3, type Provider } from '@pulumi/aws'
import { all, output, type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { ownName } from '../naming.ts'
import { makeBucket, type MadeBucket } from './bucket.ts'

/** The copy of the archive that an environment asks for. */
type Wanted = NonNullable<Environment['archiveCopy']>

/**
 * Has S3 copy the archive to another region or account as it is written. The copy keeps what is deleted of the archive by accident or by malice.
 *
 * The marks of withdrawn and retracted articles and the files of withdrawn ones are deleted there, too, when they are here: an article
 * that was given back would be withdrawn again by a rebuild.
 *
 * @param given.there the provider of the copy's region; absent where another account has made the bucket
 * @returns the copy; undefined where another account has made it
 */
export function copyArchive(
  name: string,
  given: {
    environment: Environment
    wanted: Wanted
    names: ArchiveCopyNames
    archive: MadeBucket
    resource: BucketResource
    there: Provider | undefined
  },
  options: { child: CustomResourceOptions; kept: CustomResourceOptions },
): MadeBucket | undefined {
  const { environment, wanted, names, archive, resource, there } = given
  const { child } = options
  const copy = there
    ? makeBucket(
        name,
        { ...resource, name: names.bucket },
        {
          child: { ...child, provider: there },
          kept: { ...options.kept, provider: there },
          emptied: !environment.protected,
          adopted: false,
          hasOwnPolicy: false,
        },
      )
    : undefined
  const to = copy?.arn ?? output(`arn:aws:s3:::${names.bucket}`)
  const role = makeRole(`${name}-role`, environment, { from: archive.arn, to }, child)
  const destination = {
    bucket: to,
    ...(!there &&
      wanted.account !== undefined && { account: wanted.account, accessControlTranslation: { owner: 'Destination' } }),
  }
  const rule = (id: string, priority: number, prefix: string, deletions: boolean) => ({
    id,
    priority,
    status: 'Enabled',
    filter: { prefix },
    deleteMarkerReplication: { status: deletions ? 'Enabled' : 'Disabled' },
    destination,
  })
  const rules = [
    rule('archive', 1, '', false),
    rule('marks', 2, 'marks/', true),
    rule('withdrawn', 3, 'withdrawn/', true),
  ]
  new s3.BucketReplicationConfig(
    `${name}-replication`,
    { bucket: archive.name, role: role.arn, rules },
    // S3 copies between buckets with versions only, and as a role that may do it.
    { ...child, dependsOn: [role.policy, ...archive.versioning, ...(copy?.versioning ?? [])] },
  )
  return copy
}

/** Creates the role with which S3 reads the archive and writes its copy. */
function makeRole(
  name: string,
  environment: Environment,
  { from, to }: { from: Output<string>; to: Output<string> },
  child: CustomResourceOptions,
): { arn: Output<string>; policy: iam.RolePolicy } {
  const { accountId } = getCallerIdentityOutput({}, child)
  const assumeRolePolicy = all([accountId, from]).apply(([account, bucket]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 's3.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnEquals: { 'aws:SourceArn': bucket } },
        },
      ],
    }),
  )
  const called = ownName(environment, 'archive-copy')
  const description = `S3 copies the archive of ${environment.name}`
  const role = new iam.Role(name, { name: called, description, assumeRolePolicy }, child)
  const policy = all([from, to]).apply(([source, target]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        allow([source], 's3:GetReplicationConfiguration', 's3:ListBucket'),
        allow(
          [`${source}/*`],
          's3:GetObjectVersionForReplication',
          's3:GetObjectVersionAcl',
          's3:GetObjectVersionTagging',
        ),
        allow(
          [`${target}/*`],
          's3:ReplicateObject',
          's3:ReplicateDelete',
          's3:ReplicateTags',
          's3:ObjectOwnerOverrideToBucketOwner',
        ),
      ],
    }),
  )
  return { arn: role.arn, policy: new iam.RolePolicy(name, { role: role.name, policy }, child) }
}

const allow = (Resource: readonly string[], ...Action: string[]) => ({ Effect: 'Allow', Action, Resource })
