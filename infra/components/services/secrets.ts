import {
  awsNamesOf,
  databaseSecretOf,
  databaseServices,
  filledByHand,
  secretNames,
  type Environment,
  type SecretName,
} from '@continuum/environments'
import { serviceUserName } from '@continuum/service'
import { secretsmanager } from '@pulumi/aws'
import { jsonStringify, type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { RandomPassword } from '@pulumi/random'
import { database } from '../database/plan.ts'
import { atKey } from '../secret-reference.ts'

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
} as const

/** Creates a secret that a person fills. Pulumi writes it once and never again. */
function keepByHand(
  name: string,
  secret: keyof typeof byHand,
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

/** The text of a secret: that of a database user has the name beside the password, as RDS keeps those of its own. */
function textOf(secret: SecretName, password: Output<string>): Output<string> {
  const service = databaseServices.find((each) => databaseSecretOf(each) === secret)
  if (service === undefined) return password
  return jsonStringify({ username: serviceUserName(database, service), password })
}

/** Letters and digits: 285 bits. */
const length = 48

/** Makes a generated secret, and returns the reference to it. */
type Make = (secret: SecretName) => Output<string>

/**
 * Creates the secrets of an environment: generated once, kept in the stack's state (encrypted) and in Secrets Manager, from which
 * containers read them as they start. Each costs by the month, so the shape `small` keeps all generated ones in one, as JSON.
 *
 * @returns the reference to each (secret-reference.ts)
 */
export function makeSecrets(
  name: string,
  environment: Environment,
  child: CustomResourceOptions,
): Record<SecretName, Output<string>> {
  const make = environment.shape === 'small' ? together(name, environment, child) : apart(name, environment, child)
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
    'database-dashboard': make('database-dashboard'),
    'database-lax': make('database-lax'),
    'database-journal': make('database-journal'),
    'database-metrics': make('database-metrics'),
    'database-deposits': make('database-deposits'),
    'database-starter': make('database-starter'),
    'recipient-credentials': keepByHand(name, 'recipient-credentials', environment, child),
    'openid-client-secret': keepByHand(name, 'openid-client-secret', environment, child),
    'mail-password': keepByHand(name, 'mail-password', environment, child),
  }
}

const drawn = (name: string, secret: SecretName, child: CustomResourceOptions): Output<string> =>
  new RandomPassword(`${name}-${secret}`, { length, special: false }, child).result

function keep(name: string, secret: SecretName, environment: Environment, child: CustomResourceOptions) {
  return new secretsmanager.Secret(
    name,
    {
      name: awsNamesOf(environment).secret(secret),
      // Without a recovery window the name is free at once, so the environment can be re-created under the same name.
      recoveryWindowInDays: environment.protected ? 30 : 0,
    },
    child,
  )
}

/** Each generated secret is one of its own. */
function apart(name: string, environment: Environment, child: CustomResourceOptions): Make {
  return (secret) => {
    const password = drawn(name, secret, child)
    const kept = keep(`${name}-${secret}`, secret, environment, child)
    const secretString = textOf(secret, password)
    return new secretsmanager.SecretVersion(`${name}-${secret}`, { secretId: kept.id, secretString }, child).arn
  }
}

/** All generated secrets are one, a JSON object by their names. */
function together(name: string, environment: Environment, child: CustomResourceOptions): Make {
  const generated = secretNames.filter((secret) => !filledByHand.includes(secret))
  const passwords = Object.fromEntries(generated.map((secret) => [secret, drawn(name, secret, child)]))
  const kept = keep(`${name}-generated`, 'lax-token', environment, child)
  const { arn } = new secretsmanager.SecretVersion(
    `${name}-generated`,
    { secretId: kept.id, secretString: jsonStringify(passwords) },
    child,
  )
  return (secret) => arn.apply((of) => atKey(of, secret))
}
