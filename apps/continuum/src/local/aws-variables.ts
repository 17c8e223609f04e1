import type { AwsKey } from './data-directory.ts'
import { addressesOf, type StartSettings } from './settings.ts'

/**
 * The AWS variables of every local process. If this start runs its own SWF, SQS and S3, they override all AWS settings of the shell: the
 * SDK prefers a service's own endpoint to the common one, and a profile to keys. If the user names an endpoint, the shell's settings stay.
 */
export function awsVariables(settings: StartSettings, key: () => AwsKey): Record<string, string> {
  const { aws } = addressesOf(settings)
  if (settings.AWS_ENDPOINT_URL)
    return {
      AWS_ENDPOINT_URL: aws,
      AWS_ACCESS_KEY_ID: settings.AWS_ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: settings.AWS_SECRET_ACCESS_KEY,
    }
  const { id, secret } = key()
  return {
    AWS_ENDPOINT_URL: aws,
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_ENDPOINT_URL_S3: aws,
    AWS_ENDPOINT_URL_SQS: aws,
    AWS_ENDPOINT_URL_SWF: aws,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
    AWS_PROFILE: '',
    AWS_SESSION_TOKEN: '',
  }
}
