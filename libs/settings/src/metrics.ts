import { JournalsSetting } from '@continuum/article'
import { EnvironmentSettings } from '@continuum/aws-resources'
import { DatabaseSettings, HttpSettings } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { SecondSecret } from './common.ts'

/** A service that counts citations, and how to ask it. */
export const CitationSourceSetting = Type.Object({
  kind: Type.Union([Type.Literal('crossref'), Type.Literal('opencitations'), Type.Literal('europepmc')]),
  url: Type.Optional(
    Type.String({ pattern: '^https?://[^/]+(/.*)?[^/]$', description: 'another address than its own' }),
  ),
  mailto: Type.Optional(Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$', description: 'whom Crossref may write to' })),
  token: Type.Optional(Type.String({ minLength: 1, description: 'the access token of OpenCitations' })),
})
export type CitationSourceSetting = Static<typeof CitationSourceSetting>

/** The settings of the usage counter; the keys are environment variables. */
export const MetricsSettings = Type.Object({
  ...HttpSettings,
  ...DatabaseSettings,
  ...EnvironmentSettings,
  LAX_URL: Type.String({
    pattern: '^https?://',
    description: 'the address of the article store, without a slash at the end',
  }),
  METRICS_TOKEN: Type.String({
    minLength: 16,
    description: 'the credential for log files, closing days and the keys of days: Authorization: Bearer <token>',
  }),
  COUNTER_API_KEY: Type.String({
    minLength: 8,
    description: 'the api_key of the COUNTER API, for libraries that ask for reports',
  }),
  METRICS_TOKEN_SECOND: SecondSecret('METRICS_TOKEN'),
  COUNTER_API_KEY_SECOND: SecondSecret('COUNTER_API_KEY'),
  SITE_NAME: Type.String({ minLength: 1, description: 'who makes the reports' }),
  CITATION_SOURCES: Type.Array(CitationSourceSetting, {
    default: [],
    description: 'the services that are asked for citations; none by default',
  }),
  ...JournalsSetting,
})
export type MetricsSettings = Static<typeof MetricsSettings>
