import { JournalsSetting } from '@continuum/article'
import { DatabaseSettings, HttpSettings } from '@continuum/service'
import { Type, type Static } from 'typebox'

/** What the article store needs to know; the keys are environment variables. */
export const LaxSettings = Type.Object({
  ...HttpSettings,
  ...DatabaseSettings,
  LAX_TOKEN: Type.String({
    minLength: 16,
    description: 'the credential of those who write, and who see what is not published: Authorization: Bearer <token>',
  }),
  ...JournalsSetting,
})
export type LaxSettings = Static<typeof LaxSettings>
