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
  JOURNALS: Type.Array(
    Type.Object({
      name: Type.String(),
      publisher: Type.String(),
      prefix: Type.String(),
      doiPrefix: Type.String(),
      idDigits: Type.Integer({ minimum: 1 }),
      firstVolumeYear: Type.Integer(),
      issn: Type.Optional(Type.String()),
    }),
    { minItems: 1, description: 'the journals whose articles are kept here, as a JSON array' },
  ),
})
export type LaxSettings = Static<typeof LaxSettings>
