import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

const Version = Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' })
const Advisory = Type.Object({
  id: Type.String({ pattern: '^(CVE-\\d{4}-\\d+|GHSA(-[0-9a-z]{4}){3})$' }),
  package: Type.String(),
  title: Type.String(),
  severity: Type.Enum(['low', 'moderate', 'high', 'critical']),
  /** Versions from `from` on, and below `fixed`, are affected. */
  ranges: Type.Array(Type.Object({ from: Type.Optional(Version), fixed: Version }), { minItems: 1 }),
  /** The page where it was read; absent: written from memory. */
  source: Type.Optional(Type.String({ pattern: '^https://' })),
})
const Advisories = Type.Object({
  /** The day on which a person last looked for new ones. */
  reviewed: Type.String({ format: 'date' }),
  note: Type.String(),
  advisories: Type.Array(Advisory),
})
export type Advisory = Static<typeof Advisory>
export type Advisories = Static<typeof Advisories>

const Lock = Type.Object({
  packages: Type.Record(
    Type.String(),
    Type.Object({ version: Type.Optional(Type.String()), dev: Type.Optional(Type.Boolean()) }),
  ),
})

/** An installed version that an advisory is about. */
export interface Finding {
  readonly advisory: Advisory
  readonly version: string
  readonly place: string
  /** True where it is only for development. */
  readonly dev: boolean
}

/** Parses the advisory file; throws where it has not its shape. */
export const parseAdvisories = (file: unknown): Advisories => Value.Parse(Advisories, file)

/** Finds the packages of a lock file that an advisory is about. */
export function findAffected(lockFile: unknown, { advisories }: Advisories): Finding[] {
  return Object.entries(Value.Parse(Lock, lockFile).packages).flatMap(([place, { version, dev = false }]) => {
    const name = place.split('node_modules/').at(-1)
    if (version === undefined || !place.includes('node_modules/')) return []
    return advisories
      .filter((advisory) => advisory.package === name && isAffected(version, advisory))
      .map((advisory) => ({ advisory, version, place, dev }))
  })
}

/** Checks a version against an advisory. A pre-release counts as affected where its release is or where it comes before the fix. */
export function isAffected(version: string, { ranges }: Advisory): boolean {
  const preRelease = version.includes('-')
  return ranges.some(({ from = '0.0.0', fixed }) => {
    const toFix = compare(version, fixed)
    return compare(version, from) >= 0 && (toFix < 0 || (toFix === 0 && preRelease))
  })
}

function compare(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => (version.split(/[-+]/)[0] ?? '').split('.').map(Number))
  const differences = [0, 1, 2].map((at) => (left?.[at] ?? 0) - (right?.[at] ?? 0))
  return differences.find((difference) => difference !== 0) ?? 0
}
