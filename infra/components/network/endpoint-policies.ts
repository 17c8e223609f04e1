/** The ARNs of all that the processes of an environment reach in AWS. */
export interface Reached {
  readonly region: string
  readonly account: string
  readonly buckets: readonly string[]
  /** Dead-letter queues included. */
  readonly queues: readonly string[]
  /** The SWF domain. */
  readonly domain: string
  /** The repository of the image. */
  readonly repository: string
  /** The log groups of the processes, with a wildcard. */
  readonly logGroups: string
}

/** The services whose endpoints have a policy when they are made; that of the secrets follows once the database has its own. */
export type EndpointService = 's3' | 'sqs' | 'swf' | 'ecr.api' | 'ecr.dkr' | 'logs' | 'ssmmessages'

/** A policy document of a VPC endpoint. */
export interface EndpointPolicy {
  readonly Version: '2012-10-17'
  readonly Statement: readonly EndpointStatement[]
}

interface EndpointStatement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Principal: '*'
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
  readonly Condition?: { readonly StringEquals: { readonly 'aws:PrincipalAccount': string } }
}

/**
 * Says what gets through each VPC endpoint: the environment's own resources, for credentials of its own account. Roles say who may do
 * what; this says that nothing leaves through an endpoint to anybody else's bucket or queue, whatever credentials it is tried with.
 */
export function endpointPolicies(reached: Reached): Readonly<Record<EndpointService, EndpointPolicy>> {
  const { region, account, buckets, queues, domain, repository, logGroups } = reached
  const own = (actions: readonly string[], resources: readonly string[]) =>
    statement('Own', actions, resources, account)
  const images = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage']
  const signIn = statement('SignIn', ['ecr:GetAuthorizationToken'], ['*'], account)
  const ecr = policy(signIn, own(images, [repository]))
  return {
    s3: policy(
      own(
        ['s3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
        buckets.flatMap((bucket) => [bucket, `${bucket}/*`]),
      ),
      // ECR keeps the layers of images there, and signs their addresses itself: the account is its own.
      statement('ImageLayers', ['s3:GetObject'], [`arn:aws:s3:::prod-${region}-starport-layer-bucket/*`]),
    ),
    sqs: policy(own(['sqs:*'], queues)),
    swf: policy(own(['swf:*'], [domain])),
    'ecr.api': ecr,
    'ecr.dkr': ecr,
    logs: policy(own(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroups])),
    // The shell of a task. IAM knows no resource of it.
    ssmmessages: policy(
      own(
        ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map(
          (action) => `ssmmessages:${action}`,
        ),
        ['*'],
      ),
    ),
  }
}

/** Says which secrets get through the endpoint of Secrets Manager. */
export function secretsPolicy(account: string, secrets: readonly string[]): EndpointPolicy {
  return policy(statement('Own', ['secretsmanager:GetSecretValue'], secrets, account))
}

const policy = (...statements: EndpointStatement[]): EndpointPolicy => ({
  Version: '2012-10-17',
  Statement: statements,
})

/** @param account whose credentials get through; absent: anybody's */
function statement(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  account?: string,
): EndpointStatement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: '*',
    Action: actions,
    Resource: resources,
    ...(account !== undefined && { Condition: { StringEquals: { 'aws:PrincipalAccount': account } } }),
  }
}
