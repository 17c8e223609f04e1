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

/** The place of something. */
interface Address {
  readonly formatted: readonly string[]
  readonly components: {
    readonly streetAddress?: readonly string[] | undefined
    readonly locality?: readonly string[] | undefined
    readonly area?: readonly string[] | undefined
    readonly postalCode?: string | undefined
    readonly country?: string | undefined
  }
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

/** The name of somebody who is cited: `Bauer AL`, as reference lists have it, where the given names are initials. */
export function citedName(given: string, surname: string, suffix?: string): PersonName {
  const name = personName(given, surname, suffix)
  const isInitials = /^(?:\p{Lu}[.\s-]*){1,5}$/u.test(given)
  return isInitials && surname ? { ...name, preferred: [surname, given, suffix].filter(Boolean).join(' ') } : name
}

export function placeOf({ units, departments, institutions, address, city, country, text }: Affiliation): Place {
  const name = [...units, ...departments, ...institutions]
  if (name.length === 0) return { name: [text] }
  const ofKind = (kind: string) => address.filter((part) => part.kind === kind).map((part) => part.text)
  const streets = ofKind('street').filter((street) => street !== city)
  const components = {
    streetAddress: streets.length > 0 ? streets : undefined,
    locality: city ? [city] : undefined,
    area: ofKind('area').length > 0 ? ofKind('area') : undefined,
    postalCode: ofKind('postalCode')[0],
    country,
  }
  const formatted = address.map((part) => part.text)
  return { name, address: formatted.length > 0 ? { formatted, components } : undefined }
}
