import { HeadBucketCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3'
import { bucketRoles, namesOf } from '@continuum/aws-resources'
import type { Environment } from '@continuum/environments'

/** Thrown when an environment cannot have its buckets. A person must change its file. */
export class TakenBucketError extends Error {
  override readonly name = 'TakenBucketError'

  constructor(environment: string, problems: readonly string[]) {
    super(`${environment} cannot have its buckets:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  }
}

/**
 * Checks that an environment can have its buckets, whose names are unique among all accounts of AWS.
 *
 * @param account the account of the credentials
 * @throws TakenBucketError with every problem
 */
export async function checkBuckets(s3: S3Client, environment: Environment, account: string): Promise<void> {
  const { name: own, bucketSuffix, adoptedBuckets } = environment
  const { buckets } = namesOf(environment)
  const states = await Promise.all(bucketRoles.map((role) => stateOf(s3, buckets[role], account)))
  const problems = bucketRoles.flatMap((role, index) => {
    const state = states[index]
    const name = buckets[role]
    if (state === 'taken')
      return [`${name} exists in another account or region: choose a bucketSuffix in ${own}.ts, such as the account`]
    if (state === 'free' && adoptedBuckets.includes(role))
      return [`${name} does not exist, but ${own}.ts has ${role} in adoptedBuckets`]
    return []
  })
  if (bucketSuffix !== '' && !states.includes('ours')) {
    const former = namesOf({ ...environment, bucketSuffix: '' }).buckets.archive
    if ((await stateOf(s3, former, account)) === 'ours')
      problems.push(
        `${former} is from a release whose names had no suffix: keep the names with bucketSuffix: '' in ${own}.ts, or delete it`,
      )
  }
  if (problems.length > 0) throw new TakenBucketError(own, problems)
}

type BucketState = 'free' | 'ours' | 'taken'

async function stateOf(s3: S3Client, name: string, account: string): Promise<BucketState> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: name, ExpectedBucketOwner: account }))
    return 'ours'
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
    if (status === 404) return 'free'
    // 301: in another region. 400 and 403: of another account.
    if (status === 301 || status === 400 || status === 403) return 'taken'
    throw error
  }
}
