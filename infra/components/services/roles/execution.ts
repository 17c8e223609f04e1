import type { Statement } from './permissions.ts'

/**
 * The permissions of an execution role: ECS pulls the image, reads the secrets and writes the log. The process itself has none of them.
 *
 * @param given.repository the ARN of the image repository, if it is in ECR
 * @param given.secrets the ARNs of the process's secrets
 */
export function executionStatements(given: {
  repository: string | undefined
  logGroups: readonly string[]
  secrets: readonly string[]
}): Statement[] {
  const { repository, logGroups, secrets } = given
  const image: Statement[] = repository
    ? [
        // This action does not support resource-level permissions.
        { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
        {
          Effect: 'Allow',
          Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
          Resource: repository,
        },
      ]
    : []
  return [
    ...image,
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: oneOrMany(logGroups.map((logGroup) => `${logGroup}:*`)),
    },
    ...(secrets.length > 0
      ? [{ Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: secrets } as const]
      : []),
  ]
}

/** A list of one is that one, as policies have always said it. */
const oneOrMany = (list: readonly string[]): string | readonly string[] => {
  const [only, another] = list
  return only !== undefined && another === undefined ? only : list
}

/** The permissions of the agent behind a shell in a task. Its actions do not support resource-level permissions. */
export const execStatement: Statement = {
  Effect: 'Allow',
  Action: [
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
  ],
  Resource: '*',
}

/**
 * The trust policy that lets only ECS tasks of this account and region assume the role. ECS knows no narrower source than all of its
 * resources there: it does not say the cluster.
 */
export function assumePolicy(account: string, region: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${region}:${account}:*` },
          StringEquals: { 'aws:SourceAccount': account },
        },
      },
    ],
  })
}
