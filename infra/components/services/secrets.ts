import {
  awsNamesOf,
  type Environment,
  type HandFilledSecret,
  type RotatedSecret,
  type SecretName,
} from '@continuum/environments'
import { secretsmanager } from '@pulumi/aws'
import type { CustomResourceOptions, Output } from '@pulumi/pulumi'
import { apart, together, type Values } from './generated-secrets.ts'

/** The secrets that a person fills, with what is in them until then. */
const byHand = {
  'recipient-credentials': {
    description: 'The password or key of each recipient by its name, as a JSON object',
    first: '{}',
  },
  'openid-client-secret': {
    description: 'The secret of the dashboard at its OpenID Connect provider',
    first: 'not set',
  },
  'mail-password': {
    description: 'The password of the dashboard at its mail server',
    first: 'not set',
  },
} as const satisfies Record<HandFilledSecret, { description: string; first: string }>

/** Creates a secret that a person fills. Pulumi writes it once and never again. */
function keepByHand(
  name: string,
  secret: HandFilledSecret,
  environment: Environment,
  child: CustomResourceOptions,
): Output<string> {
  const { description, first } = byHand[secret]
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

/** The references to the secrets (secret-reference.ts), known once their values are there. */
export interface Secrets {
  readonly current: Readonly<Record<SecretName, Output<string>>>
  /** Those to the second value that is accepted. */
  readonly second: Readonly<Record<RotatedSecret, Output<string>>>
}

/**
 * Creates the secrets of an environment: generated once, kept in the stack's state (encrypted) and in Secrets Manager, from which
 * containers read them as they start. Each costs by the month, so the shape `small` keeps all generated ones in one, as JSON.
 *
 * @param rotation the step of the rotation of tokens
 */
export function makeSecrets(
  name: string,
  environment: Environment,
  rotation: number,
  child: CustomResourceOptions,
): Secrets {
  const kept = environment.shape === 'small' ? together : apart
  const { make, rotate } = kept(name, environment, rotation, child)
  const made: Record<RotatedSecret, Values> = eachRotated(rotate)
  return {
    current: {
      ...eachRotated((secret) => made[secret].current),
      'database-dashboard': make('database-dashboard'),
      'database-lax': make('database-lax'),
      'database-journal': make('database-journal'),
      'database-metrics': make('database-metrics'),
      'database-deposits': make('database-deposits'),
      'database-starter': make('database-starter'),
      'recipient-credentials': keepByHand(name, 'recipient-credentials', environment, child),
      'openid-client-secret': keepByHand(name, 'openid-client-secret', environment, child),
      'mail-password': keepByHand(name, 'mail-password', environment, child),
    },
    second: eachRotated((secret) => made[secret].second),
  }
}

function eachRotated<T>(make: (secret: RotatedSecret) => T): Record<RotatedSecret, T> {
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
  }
}
