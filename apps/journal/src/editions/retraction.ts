import { Type, type Static } from 'typebox'

/** A retraction, as readers are told of it. */
export type Retraction = Static<typeof Retraction>
export const Retraction = Type.Object({
  date: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'the day of the retraction' }),
  reason: Type.String({ minLength: 1, maxLength: 2000, description: 'in words for readers' }),
  notice: Type.Optional(
    Type.String({ pattern: '^10\\.\\d{4,9}/\\S+$', maxLength: 200, description: 'the DOI of the notice' }),
  ),
})

/** The word before the title of a retracted article, in all that describes it. Rule: NISO RP-45-2024 (CREC). */
export const retractedPrefix = 'RETRACTED'

/** Tells if a title says already that its article is retracted. */
export function saysRetracted(title: string | undefined): boolean {
  return /^retracted\b/i.test(title ?? '')
}
