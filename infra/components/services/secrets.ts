import {
  awsNamesOf,
  databaseSecretOf,
  databaseServices,
  type Environment,
  type SecretName,
} from '@continuum/environments'
import { serviceUserName } from '@continuum/service'
import { secretsmanager } from '@pulumi/aws'
import { jsonStringify, type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { RandomPassword } from '@pulumi/random'
import { database } from '../database/plan.ts'

/** Creates the secret that a person fills: the credentials of the recipients. Pulumi writes it once, empty, and never again. */
function keepCredentials(name: string, environment: Environment, child: CustomResourceOptions): Output<string> {
  const kept = new secretsmanager.Secret(
    `${name}-recipient-credentials`,
    {
      name: awsNamesOf(environment).secret('recipient-credentials'),
      description: 'The password or key of each recipient by its name, as a JSON object',
      recoveryWindowInDays: environment.protected ? 30 : 0,
    },
    child,
  )
  return new secretsmanager.SecretVersion(
    `${name}-recipient-credentials`,
    { secretId: kept.id, secretString: '{}' },
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
    const secretString = textOf(secret, password.result)
    return new secretsmanager.SecretVersion(`${name}-${secret}`, { secretId: kept.id, secretString }, child).arn
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
    'database-dashboard': make('database-dashboard'),
    'database-lax': make('database-lax'),
    'database-journal': make('database-journal'),
    'database-metrics': make('database-metrics'),
    'database-deposits': make('database-deposits'),
    'recipient-credentials': keepCredentials(name, environment, child),
  }
}
