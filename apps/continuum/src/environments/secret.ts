import { awsNamesOf, type Environment, type SecretName } from '@continuum/environments'
import { explainAwsErrors } from '../errors/aws-error.ts'
import { UserError } from '../errors/user-error.ts'

/**
 * Reads a secret of an environment in AWS, with this shell's credentials.
 *
 * @throws UserError where AWS does not take the credentials, or the secret is empty
 */
export async function readSecret(environment: Environment, secret: SecretName): Promise<string> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager')
  const { region } = environment
  const names = awsNamesOf(environment)
  const [SecretId, key] = [names.secret(secret), names.secretKey(secret)]
  const client = new SecretsManagerClient({ region })
  const { SecretString } = await explainAwsErrors(region, () => client.send(new GetSecretValueCommand({ SecretId })))
  const value = key === undefined || !SecretString ? SecretString : textAt(key, SecretString)
  if (value) return value
  throw new UserError(`The secret ${SecretId} is empty: put the value into it.`)
}

/** The text at a key of a secret that is a JSON object. */
function textAt(key: string, secret: string): string | undefined {
  const value: unknown = Reflect.get(Object(JSON.parse(secret)), key)
  return typeof value === 'string' ? value : undefined
}
