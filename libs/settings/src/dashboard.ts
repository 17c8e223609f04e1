import { JournalsSetting } from '@continuum/article'
import { EnvironmentSettings } from '@continuum/aws-resources'
import { DatabaseSettings, HttpSettings, ProcessSettings } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { address, Host, MailAddress, SecondSecret } from './common.ts'
import { DepositsClientSettings } from './deposits.ts'

const Secret = (description: string) => Type.String({ minLength: 16, description })

const Origin = (description: string) => Type.String({ pattern: '^https?://', description })

/** An OpenID Connect provider at which people sign in to the dashboard. */
export type OpenIdSettings = Static<typeof OpenIdSettings>
export const OpenIdSettings = Type.Object({
  issuer: Type.String({
    pattern: '^(https://|http://(127\\.0\\.0\\.1|localhost)[:/])',
    description: 'its address, by which its configuration is discovered; http on this machine only',
  }),
  clientId: Type.String({ minLength: 1, description: 'the id of the dashboard there' }),
  name: Type.Optional(Type.String({ minLength: 1, description: 'its name on the button: Sign in with ...' })),
  trustEmail: Type.Optional(
    Type.Boolean({
      description: 'true if every address that it names is right, though it does not say email_verified (Entra ID)',
    }),
  ),
})

/** The mail server by which the dashboard sends links to sign in, and texts for the typesetter. */
export type MailSettings = Static<typeof MailSettings>
export const MailSettings = Type.Object({
  smtp: Type.Object({
    host: Host,
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    user: Type.Optional(Type.String({ minLength: 1, description: 'its password is the secret mail-password' })),
    secure: Type.Optional(Type.Boolean({ description: 'true for TLS from the first byte' })),
  }),
  from: MailAddress,
  typesetter: Type.Optional(MailAddress),
  redirectTo: Type.Optional({
    ...MailAddress,
    description: 'everything goes to this address, whoever it is for: for trials',
  }),
})

/** A process of the environment. */
export type ProcessSetting = Static<typeof ProcessSetting>
export const ProcessSetting = Type.Object({
  name: Type.String({ minLength: 1, description: 'its name; of services that share a process, that of the service' }),
  address: Type.String({
    pattern: '^http://[^/]+$',
    description: 'its health port; a host name with several addresses is that many tasks',
  }),
})

/** The settings of the dashboard; the keys are the names of environment variables. */
export const DashboardSettings = Type.Object({
  ...HttpSettings,
  ...DatabaseSettings,
  ...ProcessSettings,
  ...EnvironmentSettings,
  ...JournalsSetting,
  DASHBOARD_URL: Type.Optional(
    Origin('where people reach the dashboard; with https, cookies are sent over https alone'),
  ),
  SITE_URL: Origin('the journal site, for previews and published pages; without a slash at its end'),
  PREVIEW_BASE_URL: Origin("what stands before an article's `path` in the API's `preview-link`; with its slash"),
  PREVIEW_SECRET: Secret('signs preview links; the site has the same'),
  SIGN_IN_SECRET: Secret('signs one-time sign-in links; whoever may hand them out has the same'),
  SIGN_IN_SECRET_SECOND: SecondSecret('SIGN_IN_SECRET'),
  SESSION_SECRET: Secret('signs the session cookies of this dashboard alone'),
  SESSION_SECRET_SECOND: SecondSecret('SESSION_SECRET'),
  OPENID: Type.Optional(OpenIdSettings),
  OPENID_CLIENT_SECRET: Type.Optional(
    Type.String({ description: 'the secret of the dashboard at the provider of OPENID' }),
  ),
  MAIL: Type.Optional(MailSettings),
  MAIL_PASSWORD: Type.Optional(Type.String({ description: 'the password of the user of MAIL at its server' })),
  DASHBOARD_TOKEN: Type.String({
    pattern: '^\\S{16,}$',
    description: 'what machines say as `Authorization: Bearer ...`',
  }),
  DASHBOARD_TOKEN_SECOND: SecondSecret('DASHBOARD_TOKEN'),
  ...DepositsClientSettings,
  LAX_URL: address('the address of the article store: for what is public, and to tell people when it does not answer'),
  PROCESSES: Type.Array(ProcessSetting, {
    default: [],
    description: 'the processes of the environment and their health ports, for the page that shows them',
  }),
  WATCHED_FOLDER: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'a folder on the disk that must not get full; by default the working directory',
    }),
  ),
  EVENT_CONSUMERS: Type.Integer({
    default: 5,
    minimum: 1,
    maximum: 50,
    description: 'receives of up to ten messages that are worked on at once',
  }),
  EVENT_BATCH: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1000,
      description: 'messages stored in one transaction, at most; 100 by default',
    }),
  ),
})

export type DashboardSettings = Static<typeof DashboardSettings>
