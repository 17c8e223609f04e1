import { attributeOf } from '../jats/tree.ts'
import { ancestorsOf, placesOf, type Place } from './xml-text.ts'

const files = new Set(['graphic', 'inline-graphic', 'media', 'supplementary-material', 'inline-supplementary-material'])

/** An element that names a file, and whether the article JSON names it too. */
export interface NamedFile {
  readonly place: Place
  readonly href: string
  readonly isShown: boolean
}

/**
 * Looks for every file that the XML shows or offers among all strings of the article JSON. Of alternatives one is enough.
 */
export function filesOf(root: Place['element'], strings: readonly string[]): readonly NamedFile[] {
  const shown = new Set(strings.flatMap(namesIn).map(stemOf))
  const named = placesOf(root, files).flatMap((place) => {
    const href = attributeOf(place.element, 'xlink:href')
    return href ? [{ place, href, isShown: isShown(href, shown) }] : []
  })
  const seen = new Set(named.filter(({ isShown: yes }) => yes).flatMap(({ place }) => alternativesAround(place) ?? []))
  return named.map((file) => {
    const around = alternativesAround(file.place)
    return around && seen.has(around) ? { ...file, isShown: true } : file
  })
}

/** File names in a string: it is one or an address, or it is HTML that shows or links some. */
function namesIn(string: string): readonly string[] {
  if (!string.includes('<')) return /\s/.test(string) ? [] : [string, string.slice(string.lastIndexOf('/') + 1)]
  return [...string.matchAll(/\s(?:src|href)\s*=\s*["']([^"'#]+)["']/g)].map(([, address = '']) => address)
}

function isShown(href: string, shown: ReadonlySet<string>): boolean {
  return shown.has(stemOf(href.slice(href.lastIndexOf('/') + 1)))
}

/** A name without version, extension and encoding, in small letters; names with dots keep all but the last part. */
function stemOf(name: string): string {
  let plain = name
  try {
    plain = decodeURIComponent(name)
  } catch {
    // It is no encoding, then.
  }
  return plain
    .toLowerCase()
    .normalize('NFC')
    .slice(plain.lastIndexOf('/') + 1)
    .replace(
      /\.(?:tiff?|png|jpe?g|gif|webp|avif|svg|eps|pdf|bmp|mp4|mov|avi|mpe?g|wmv|webm|mp3|wav|docx?|xlsx?|pptx?|csv|txt|zip|xml|[a-z]{2,4})$/,
      '',
    )
    .replace(/-v\d+$/, '')
}

function alternativesAround(place: Place): Place['element'] | undefined {
  return [...ancestorsOf(place)].find(({ element }) => element.name === 'alternatives')?.element
}
