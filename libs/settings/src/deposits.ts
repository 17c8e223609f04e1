import { JournalsSetting } from '@continuum/article'
import { EnvironmentSettings } from '@continuum/aws-resources'
import { DatabaseSettings, HttpSettings, ProcessSettings } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { address, Heartbeat, SecondSecret } from './common.ts'
import { RecipientSettings, StaffSettings } from './recipients.ts'

/** The settings by which other processes reach the deposits service. */
export const DepositsClientSettings = {
  DEPOSITS_URL: address('the address of the deposits service, without a slash at the end'),
  DEPOSITS_TOKEN: Type.String({ minLength: 16, description: 'the bearer token of the deposits service' }),
}

/** The settings of the deposits service; the keys are environment variables. */
export const DepositsSettings = Type.Object({
  ...HttpSettings,
  ...DatabaseSettings,
  ...EnvironmentSettings,
  ...JournalsSetting,
  STOP_SECONDS: ProcessSettings.STOP_SECONDS,
  ...Heartbeat,
  DEPOSITS_TOKEN: DepositsClientSettings.DEPOSITS_TOKEN,
  DEPOSITS_TOKEN_SECOND: SecondSecret('DEPOSITS_TOKEN'),
  LAX_URL: address('the address of the article store, without a slash at the end'),
  LAX_TOKEN: Type.String({ minLength: 1, description: 'the token of the article store, for unpublished articles' }),
  SITE_URL: address('where readers find the articles: <SITE_URL>/articles/<id>v<version>'),
  CDN_URL: address('the address of published files: <CDN_URL>/<id>/<file>'),
  RECIPIENTS: Type.Array(RecipientSettings, { default: [], description: 'the recipients of what is published' }),
  RECIPIENT_CREDENTIALS: Type.Record(Type.String(), Type.String(), {
    default: {},
    description: 'the password or key of each recipient by its name, as a JSON object',
  }),
  DEPOSITS_LIVE: Type.Boolean({
    default: false,
    description: "true if real recipients may be reached; false: only stand-ins and recipients' test systems",
  }),
  DEPOSITS_WITH_SCHEDULED: Type.Boolean({
    default: false,
    description: 'true if deposits that have a time are due at once, for trials',
  }),
  DEPOSITS_STAFF: Type.Optional(StaffSettings),
  DEPOSITS_CONCURRENCY: Type.Integer({ default: 16, minimum: 1, maximum: 200, description: 'activities at a time' }),
})
export type DepositsSettings = Static<typeof DepositsSettings>
