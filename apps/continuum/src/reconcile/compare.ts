/** The places that a published version is in. */
export const places = ['lax', 'site', 'CDN', 'archive', 'dashboard'] as const
export type Place = (typeof places)[number]

/** A version of an article, and where it is public or kept. */
export interface VersionSeen {
  readonly id: string
  readonly version: number
  readonly in: Readonly<Record<Place, boolean>>
  /** It is being worked on, so that its places may differ for a while. */
  readonly underWay: boolean
}

/** A difference between the places, and whether publishing the version again mends it. */
export interface Difference {
  readonly id: string
  readonly version: number
  readonly missing: readonly Place[]
  readonly message: string
  readonly republish: boolean
}

/**
 * Finds the versions that are in one place and not in another. A version that readers can see anywhere has to be in all places;
 * one that is nowhere public and under way is left alone.
 */
export function differences(seen: readonly VersionSeen[]): Difference[] {
  return seen.flatMap((version) => {
    const isPublic = version.in.lax || version.in.site || version.in.CDN
    const missing = places.filter((place) => !version.in[place])
    if (version.underWay || missing.length === 0 || (!isPublic && !version.in.dashboard)) return []
    const { id, version: number } = version
    const has = places.filter((place) => version.in[place])
    const message = `${id} version ${number} is in ${list(has)}, and not in ${list(missing)}.`
    // The archive alone is made after the publication, by a step that runs once.
    const republish = missing.some((place) => place !== 'archive')
    return [{ id, version: number, missing, message, republish }]
  })
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
