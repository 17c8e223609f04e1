import { awsNamesOf, type Environment, type SecretName } from '@continuum/environments'
import { secretsmanager } from '@pulumi/aws'
import type { CustomResourceOptions, Output } from '@pulumi/pulumi'
import { RandomPassword } from '@pulumi/random'

/** The secrets that a person fills, with what is in them until then. */
const filledByHand = {
  'recipient-credentials': {
    description: 'The password or key of each recipient by its name, as a JSON object',
    first: '{}',
  },
  'openid-client-secret': {
    description: 'The secret of the dashboard at its OpenID Connect provider',
    first: 'not set',
  },
} as const

/** Creates a secret that a person fills. Pulumi writes it once and never again. */
function keepByHand(
  name: string,
  secret: keyof typeof filledByHand,
  environment: Environment,
  child: CustomResourceOptions,
): Output<string> {
  const { description, first } = filledByHand[secret]
  const kept = new secretsmanager.Secret(
    `${name}-${secret}`,
    {
      name: awsNamesOf(environment).secret(secret),
      description,
      recoveryWindowInDays: environment.protected ? 30 : 0,
    },
    child,
  )
  return new secretsmanager.SecretVersion(
    `${name}-${secret}`,
    { secretId: kept.id, secretString: first },
    { ...child, ignoreChanges: ['secretString'] },
  ).arn
}

/** Letters and digits: 285 bits. */
const length = 48

/**
 * Creates the secrets of an environment: generated once, kept in the stack's state (encrypted) and in Secrets Manager, from which
 * containers read them as they start.
 *
 * @returns their ARNs
 */
export function makeSecrets(
  name: string,
  environment: Environment,
  child: CustomResourceOptions,
): Record<SecretName, Output<string>> {
  const make = (secret: SecretName) => {
    const password = new RandomPassword(`${name}-${secret}`, { length, special: false }, child)
    const kept = new secretsmanager.Secret(
      `${name}-${secret}`,
      {
        name: awsNamesOf(environment).secret(secret),
        // Without a recovery window the name is free at once, so the environment can be re-created under the same name.
        recoveryWindowInDays: environment.protected ? 30 : 0,
      },
      child,
    )
    return new secretsmanager.SecretVersion(
      `${name}-${secret}`,
      { secretId: kept.id, secretString: password.result },
      child,
    ).arn
  }
  return {
    'lax-token': make('lax-token'),
    'lax-read-token': make('lax-read-token'),
    'site-password': make('site-password'),
    'preview-secret': make('preview-secret'),
    'sign-in-secret': make('sign-in-secret'),
    'session-secret': make('session-secret'),
    'dashboard-token': make('dashboard-token'),
    'metrics-token': make('metrics-token'),
    'counter-key': make('counter-key'),
    'deposits-token': make('deposits-token'),
    'recipient-credentials': keepByHand(name, 'recipient-credentials', environment, child),
    'openid-client-secret': keepByHand(name, 'openid-client-secret', environment, child),
  }
}
