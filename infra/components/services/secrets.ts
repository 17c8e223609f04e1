import {
  awsNamesOf,
  databaseSecretOf,
  databaseServices,
  type Environment,
  type RotatedSecret,
  type SecretName,
} from '@continuum/environments'
import { serviceUserName } from '@continuum/service'
import { secretsmanager } from '@pulumi/aws'
import { jsonStringify, type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { RandomPassword } from '@pulumi/random'
import { database } from '../database/plan.ts'
import { generationsAt, secondStage } from './rotation.ts'

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
  'mail-password': {
    description: 'The password of the dashboard at its mail server',
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

/** The text of a secret: that of a database user has the name beside the password, as RDS keeps those of its own. */
function textOf(secret: SecretName, password: Output<string>): Output<string> {
  const service = databaseServices.find((each) => databaseSecretOf(each) === secret)
  if (service === undefined) return password
  return jsonStringify({ username: serviceUserName(database, service), password })
}

/** Letters and digits: 285 bits. */
const length = 48

/** The ARNs of the secrets, known once their values are there. */
export interface Secrets {
  readonly current: Readonly<Record<SecretName, Output<string>>>
  /** The same secrets, once the second value that is accepted is there too. */
  readonly second: Readonly<Record<RotatedSecret, Output<string>>>
}

/**
 * Creates the secrets of an environment: generated once, kept in the stack's state (encrypted) and in Secrets Manager, from which
 * containers read them as they start.
 *
 * @param rotation the step of the rotation of tokens
 */
export function makeSecrets(
  name: string,
  environment: Environment,
  rotation: number,
  child: CustomResourceOptions,
): Secrets {
  const { even, odd, current } = generationsAt(rotation)
  const draw = (called: string, generation: number | undefined) =>
    new RandomPassword(
      `${name}-${called}`,
      // A new generation draws it again. The first has none, for it is that of environments which never rotated.
      { length, special: false, ...(generation && { keepers: { generation: String(generation) } }) },
      child,
    ).result
  const keep = (secret: SecretName) =>
    new secretsmanager.Secret(
      `${name}-${secret}`,
      {
        name: awsNamesOf(environment).secret(secret),
        // Without a recovery window the name is free at once, so the environment can be re-created under the same name.
        recoveryWindowInDays: environment.protected ? 30 : 0,
      },
      child,
    )
  const make = (secret: SecretName) => {
    const secretString = textOf(secret, draw(secret, undefined))
    return new secretsmanager.SecretVersion(`${name}-${secret}`, { secretId: keep(secret).id, secretString }, child).arn
  }
  const rotate = (secret: RotatedSecret) => {
    const [one, other] = [draw(secret, even), draw(`${secret}-odd`, odd)]
    const { id: secretId } = keep(secret)
    const sent = new secretsmanager.SecretVersion(
      `${name}-${secret}`,
      { secretId, secretString: current === 'even' ? one : other },
      child,
    )
    const second = new secretsmanager.SecretVersion(
      `${name}-${secret}-second`,
      { secretId, secretString: current === 'even' ? other : one, versionStages: [secondStage] },
      // The first value of a secret is the current one whatever its labels say. A value that is replaced loses its label to the next,
      // and Secrets Manager forgets it: Pulumi need not take from it what it no longer has.
      { ...child, dependsOn: [sent], retainOnDelete: true },
    )
    return { current: sent.arn, second: second.arn }
  }
  const made = eachRotated(rotate)
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
