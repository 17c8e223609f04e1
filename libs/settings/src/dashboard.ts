import { EnvironmentSettings } from '@continuum/aws-resources'
import { DatabaseSettings, HttpSettings, ProcessSettings } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { address } from './common.ts'
import { DepositsClientSettings } from './deposits.ts'

const Secret = (description: string) => Type.String({ minLength: 16, description })

const Origin = (description: string) => Type.String({ pattern: '^https?://', description })

/** The settings of the dashboard; the keys are the names of environment variables. */
export const DashboardSettings = Type.Object({
  ...HttpSettings,
  ...DatabaseSettings,
  ...ProcessSettings,
  ...EnvironmentSettings,
  DASHBOARD_URL: Type.Optional(
    Origin('where people reach the dashboard; with https, cookies are sent over https alone'),
  ),
  SITE_URL: Origin('the journal site, for previews and published pages; without a slash at its end'),
  PREVIEW_BASE_URL: Origin("what stands before an article's `path` in the API's `preview-link`; with its slash"),
  PREVIEW_SECRET: Secret('signs preview links; the site has the same'),
  SIGN_IN_SECRET: Secret('signs one-time sign-in links; whoever may hand them out has the same'),
  SESSION_SECRET: Secret('signs the session cookies of this dashboard alone'),
  DASHBOARD_TOKEN: Type.String({
    pattern: '^\\S{16,}$',
    description: 'what machines say as `Authorization: Bearer ...`',
  }),
  ...DepositsClientSettings,
  LAX_URL: address('the address of the article store, to tell people when it does not answer'),
  WATCHED_FOLDER: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'a folder on the disk that must not get full; by default the working directory',
    }),
  ),
  EVENT_CONSUMERS: Type.Integer({ default: 5, minimum: 1, maximum: 50, description: 'messages worked on at once' }),
})

export type DashboardSettings = Static<typeof DashboardSettings>
