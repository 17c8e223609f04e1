import { Type, type Static } from 'typebox'

/** The answer of the usage counter about itself. */
export const UsageState = Type.Object({
  lastClosed: Type.Union([Type.String(), Type.Null()]),
  late: Type.Integer(),
  open: Type.Array(Type.Object({ day: Type.String(), closes: Type.String(), events: Type.Integer() })),
  citations: Type.Array(
    Type.Object({
      service: Type.String(),
      succeeded: Type.Union([Type.String(), Type.Null()]),
      problem: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
})
export type UsageState = Static<typeof UsageState>

const number = (value: number) => value.toLocaleString('en')

/** Says in a few lines how far usage is counted, and how old citations are. */
export function usageStateText({ lastClosed, late, open, citations }: UsageState, now: number): string {
  const age = (instant: string | null) =>
    instant === null ? 'never' : `${Math.max(0, Math.round((now - Date.parse(instant)) / 3_600_000))} h ago`
  const [oldest] = open
  const events = open.reduce((sum, each) => sum + each.events, 0)
  return [
    `  Usage: last closed day ${lastClosed ?? 'none'}; ${oldest ? `open since ${oldest.day} (${number(events)} events), which closes ${oldest.closes}` : 'no day is open'}${late > 0 ? `; ${number(late)} hits came too late` : ''}`,
    ...citations.map(
      ({ service, succeeded, problem }) =>
        `  Citations by ${service}: ${age(succeeded)}${problem === null ? '' : `; since then: ${problem}`}`,
    ),
  ].join('\n')
}
