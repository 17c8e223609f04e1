import type { Affiliation } from '../../jats/affiliations.ts'

/** A name for reading and one for sorting. */
export interface PersonName {
  readonly preferred: string
  readonly index: string
}

export interface Person {
  readonly type: 'person'
  readonly name: PersonName
}

export interface Group {
  readonly type: 'group'
  readonly name: string
}

/** Where something is. */
interface Address {
  readonly formatted: readonly string[]
  readonly components: { readonly locality?: readonly string[] | undefined; readonly country?: string | undefined }
}

/** An institution, a publisher or a conference. */
export interface Place {
  readonly name: readonly string[]
  readonly address?: Address | undefined
}

/** `Ada M Lovelace Jr` and `Lovelace, Ada M, Jr`. */
export function personName(given: string | undefined, surname: string | undefined, suffix?: string): PersonName {
  return {
    preferred: [given, surname, suffix].filter(Boolean).join(' '),
    index: [surname, given, suffix].filter(Boolean).join(', '),
  }
}

export function placeOf({ departments, institutions, city, country, text }: Affiliation): Place {
  const name = [...departments, ...institutions]
  const formatted = [city, country].filter((part) => part !== undefined)
  return {
    name: name.length > 0 ? name : [text],
    address:
      formatted.length > 0 ? { formatted, components: { locality: city ? [city] : undefined, country } } : undefined,
  }
}
