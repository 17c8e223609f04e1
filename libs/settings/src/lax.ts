import { JournalsSetting } from '@continuum/article'
import { DatabaseSettings, HttpSettings } from '@continuum/service'
import { Type, type Static } from 'typebox'

/** The settings of the article store; the keys are environment variables. */
export const LaxSettings = Type.Object({
  ...HttpSettings,
  ...DatabaseSettings,
  LAX_TOKEN: Type.String({
    minLength: 16,
    description: 'the credential for writing and for reading unpublished articles: Authorization: Bearer <token>',
  }),
  ...JournalsSetting,
})
export type LaxSettings = Static<typeof LaxSettings>
