import type { Statement } from './permissions.ts'

/**
 * What ECS may do to start a process's container, and nothing of which the process may do itself: fetch the image, read the
 * secrets that it is given, write its log.
 *
 * @param given.repository the ARN of the image's repository, where it is in ECR
 * @param given.secrets the ARNs of the process's secrets
 */
export function executionStatements(given: {
  repository: string | undefined
  logGroup: string
  secrets: readonly string[]
}): Statement[] {
  const { repository, logGroup, secrets } = given
  const image: Statement[] = repository
    ? [
        // Signing in to ECR knows no resource.
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
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: `${logGroup}:*` },
    ...(secrets.length > 0
      ? [{ Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: secrets } as const]
      : []),
  ]
}

/** What the agent behind a shell in a task may do; its actions know no resource. */
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

/** Tasks of ECS in this account, and nobody else, may take the role. */
export function assumePolicy(account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      },
    ],
  })
}
