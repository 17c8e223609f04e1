import { addressesOf, type StartSettings } from './settings.ts'

/**
 * What the SDK's clients of every process here are told. Where this start brings its own SWF, SQS and S3, nothing that the
 * shell says of AWS may lead elsewhere: an endpoint of one service's own comes before that of all, and a profile before
 * keys. Where its user names an endpoint, all that they say beside it holds.
 */
export function awsVariables(settings: StartSettings): Record<string, string> {
  const { aws } = addressesOf(settings)
  const given = {
    AWS_ENDPOINT_URL: aws,
    AWS_ACCESS_KEY_ID: settings.AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: settings.AWS_SECRET_ACCESS_KEY,
  }
  if (settings.AWS_ENDPOINT_URL) return given
  return {
    ...given,
    AWS_ENDPOINT_URL_S3: aws,
    AWS_ENDPOINT_URL_SQS: aws,
    AWS_ENDPOINT_URL_SWF: aws,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
    AWS_PROFILE: '',
    AWS_SESSION_TOKEN: '',
  }
}
