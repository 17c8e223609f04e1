import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

const Answer = Type.Object({
  vulnerabilities: Type.Record(
    Type.String(),
    Type.Object({ severity: Type.String(), range: Type.String(), nodes: Type.Array(Type.String()) }),
  ),
  metadata: Type.Object({ vulnerabilities: Type.Object({ total: Type.Integer() }) }),
})
export type RegistryAnswer = Static<typeof Answer>

/** Parses what `npm audit --json` printed; undefined where the registry answered no audit. */
export function parseAudit(printed: string): RegistryAnswer | undefined {
  try {
    const value: unknown = JSON.parse(printed)
    return Value.Check(Answer, value) ? value : undefined
  } catch {
    return undefined
  }
}
