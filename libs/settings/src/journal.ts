import { JournalsSetting } from '@continuum/article'
import { EnvironmentSettings } from '@continuum/aws-resources'
import { DatabaseSettings, HttpSettings } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { SecondSecret } from './common.ts'
import { SiteContent } from './site-content.ts'

const address = (description: string) => Type.String({ pattern: '^https?://[^/]+(/.*)?[^/]$', description })

/** The settings of the journal's site; the keys are environment variables. */
export const JournalSettings = Type.Object({
  ...HttpSettings,
  ...DatabaseSettings,
  LAX_URL: address('the address of the article store, without a slash at the end'),
  LAX_READ_TOKEN: Type.String({
    minLength: 1,
    description: 'the token of the article store for reading unpublished articles; it may not write',
  }),
  SITE_USER: Type.String({ minLength: 1, description: 'the user name of the pipeline' }),
  SITE_PASSWORD: Type.String({ minLength: 1, description: 'the password of the pipeline' }),
  SITE_PASSWORD_SECOND: SecondSecret('SITE_PASSWORD'),
  PREVIEW_SECRET: Type.String({ minLength: 16, description: 'signs preview links; the same as of the dashboard' }),
  PREVIEW_SECRET_SECOND: SecondSecret('PREVIEW_SECRET'),
  CDN_URL: address('the address of published files: <CDN_URL>/<id>/<file>'),
  EXPANDED_BUCKET: Type.String({ minLength: 1, description: 'the bucket of files that are not published yet' }),
  CDN_BUCKET: Type.String({ minLength: 1, description: 'the bucket of published files' }),
  SITE_URL: address('where readers reach the site, without a slash at the end'),
  API_URL: address('where readers reach the API, without a slash at the end'),
  METRICS_URL: address('the address of the usage counter, without a slash at the end'),
  METRICS_TOKEN: Type.String({ minLength: 1, description: 'the token of the usage counter, for the keys of days' }),
  BEHIND_CDN: Type.Boolean({
    default: false,
    description:
      'true if a CDN is before TRUSTED_PROXIES, which take requests of it alone: readers have the address that it says',
  }),
  COUNTS_USAGE: Type.Boolean({
    default: true,
    description: 'false if requests of the site are counted of the logs of its CDN, and so not by the site',
  }),
  ...EnvironmentSettings,
  ...JournalsSetting,
  SITE_CONTENT: Type.Array(SiteContent, { description: 'how journals look, and their own pages, as a JSON array' }),
  SITE_NAME: Type.String({ minLength: 1, description: 'the name of the site' }),
})
export type JournalSettings = Static<typeof JournalSettings>
