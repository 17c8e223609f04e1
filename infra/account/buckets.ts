import { GetBucketPolicyCommand, HeadBucketCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3'
import { bucketRoles, namesOf, tlsOnly } from '@continuum/aws-resources'
import { archiveCopyNames, type Environment } from '@continuum/environments'

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
 * @param s3In the client of a region: S3 answers for a bucket in its own
 * @param account the account of the credentials
 * @returns for each bucket that is to be taken over what it loses
 * @throws TakenBucketError with every problem
 */
export async function checkBuckets(
  s3In: (region: string) => S3Client,
  environment: Environment,
  account: string,
): Promise<string[]> {
  const { name: own, bucketSuffix, adoptedBuckets } = environment
  const { buckets } = namesOf(environment)
  const s3 = s3In(environment.region)
  const states = await Promise.all(bucketRoles.map((role) => stateOf(s3, buckets[role], account)))
  const problems = bucketRoles.flatMap((role, index) => {
    const state = states[index]
    const name = buckets[role]
    if (state === 'taken') return [`${name} ${elsewhere}: choose a bucketSuffix in ${own}.ts, such as the account`]
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
  problems.push(...(await copyProblems(s3In, environment, account)))
  if (problems.length > 0) throw new TakenBucketError(own, problems)
  const losses = await Promise.all(adoptedBuckets.map((role) => lossOf(s3, buckets[role], own)))
  return losses.filter((loss) => loss !== undefined)
}

const elsewhere = 'exists in another account or region'

/** The problems with the buckets of the copy of the archive. */
async function copyProblems(
  s3In: (region: string) => S3Client,
  environment: Environment,
  account: string,
): Promise<string[]> {
  const copy = archiveCopyNames(environment)
  if (!copy) return []
  const { name: own, archiveCopy } = environment
  const s3 = s3In(copy.region)
  const { bucket, logs } = copy
  if (logs === undefined) {
    const missing = (await stateOf(s3, bucket)) === 'free'
    return missing
      ? [`${bucket} does not exist: the account ${archiveCopy?.account} makes it before (archiveCopy in ${own}.ts)`]
      : []
  }
  const [copyState, logState] = await Promise.all([stateOf(s3, bucket, account), stateOf(s3, logs, account)])
  return [
    ...(copyState === 'taken' ? [`${bucket} ${elsewhere}: name another in archiveCopy.bucket of ${own}.ts`] : []),
    ...(logState === 'taken'
      ? [`${logs} ${elsewhere}: choose a bucketSuffix in ${own}.ts, such as the account, which is in its name`]
      : []),
  ]
}

/** Tells what a bucket loses that is taken over; undefined where its policy says that it was before. */
async function lossOf(s3: S3Client, name: string, environment: string): Promise<string | undefined> {
  const policy = await policyOf(s3, name)
  const { Sid } = tlsOnly('s3:*')
  const statements: unknown = policy === undefined ? [] : Object(JSON.parse(policy)).Statement
  if ([statements].flat().some((statement) => Object(statement).Sid === Sid)) return undefined
  const told = `${name} is taken over with its objects: its encryption, versions, lifecycle rules, access, CORS, logging and notifications become those of ${environment}.`
  return policy === undefined ? told : `${told} Its policy is replaced, which is now: ${policy}`
}

async function policyOf(s3: S3Client, Bucket: string): Promise<string | undefined> {
  try {
    return (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'NoSuchBucketPolicy') return undefined
    throw error
  }
}

type BucketState = 'free' | 'ours' | 'taken'

/** Asks for a bucket. @param owner the account whose bucket is ours; absent: any that lets us see it */
async function stateOf(s3: S3Client, name: string, owner?: string): Promise<BucketState> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: name, ExpectedBucketOwner: owner }))
    return 'ours'
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
    if (status === 404) return 'free'
    // 301: in another region. 400 and 403: of another account.
    if (status === 301 || status === 400 || status === 403) return 'taken'
    throw error
  }
}
