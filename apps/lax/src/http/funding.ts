import { Type } from 'typebox'
import { Value } from 'typebox/value'

const Funded = Type.Object({
  funding: Type.Object({ awards: Type.Array(Type.Object({ recipients: Type.Optional(Type.Unknown()) })) }),
})

/** Reports whether each award names its recipients, which the deprecated article media types require. */
export function namesRecipients(article: string): boolean {
  const value: unknown = JSON.parse(article)
  return !Value.Check(Funded, value) || value.funding.awards.every(({ recipients }) => recipients !== undefined)
}
