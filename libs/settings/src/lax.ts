import { JournalsSetting } from '@continuum/article'
import { EnvironmentSettings } from '@continuum/aws-resources'
import { DatabaseSettings, HttpSettings } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { address, SecondSecret } from './common.ts'

/** The settings of the article store; the keys are environment variables. */
export const LaxSettings = Type.Object({
  ...EnvironmentSettings,
  ...HttpSettings,
  ...DatabaseSettings,
  LAX_TOKEN: Type.String({
    minLength: 16,
    description: 'the credential for writing and for reading unpublished articles: Authorization: Bearer <token>',
  }),
  LAX_READ_TOKEN: Type.Optional(
    Type.String({ minLength: 16, description: 'the credential for reading unpublished articles, which may not write' }),
  ),
  LAX_TOKEN_SECOND: SecondSecret('LAX_TOKEN'),
  LAX_READ_TOKEN_SECOND: SecondSecret('LAX_READ_TOKEN'),
  LISTEN_FOR_CHANGES: Type.Boolean({
    default: true,
    description:
      'hear of what other processes change. false only where this process alone writes to its database: it would go on answering what the adaptor, a rebuild or a second process has replaced',
  }),
  ...JournalsSetting,
})
export type LaxSettings = Static<typeof LaxSettings>

/** The settings of the adaptor, which takes requests to the article store from a queue; and of its rebuild from an archive. */
export const LaxAdaptorSettings = Type.Object({
  ...EnvironmentSettings,
  ...DatabaseSettings,
  ...JournalsSetting,
  CDN_URL: address('base URL of the files for readers, as in <CDN_URL>/<id>/<file>'),
  FILES_ROOT: Type.Optional(
    Type.String({
      pattern: '^/',
      description: 'the folder below which file: locations of requests may lie; without it they are refused',
    }),
  ),
})
export type LaxAdaptorSettings = Static<typeof LaxAdaptorSettings>
