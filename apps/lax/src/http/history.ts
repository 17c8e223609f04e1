import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { formatDay, formatInstant, parseInstant } from '../rules/instants.ts'
import { arrayText, mergedText, objectText } from '../store/json-text.ts'
import type { VersionText } from '../store/read-store.ts'

const Preprint = Type.Object({ description: Type.String(), uri: Type.String(), date: Type.String() })
const Recorded = Type.Object({
  received: Type.Optional(Type.String()),
  accepted: Type.Optional(Type.String()),
  'sent-for-peer-review': Type.Optional(Type.String()),
  preprint: Type.Optional(Preprint),
  'reviewed-preprint-list': Type.Optional(Type.Array(Preprint)),
})

/** The types that are commissioned: they are neither received nor accepted. */
const unsubmitted = new Set(['editorial', 'insight'])

/**
 * Returns the history of an article as JSON text: its dates before publication, preprints by date, its versions.
 * Values of the article JSON that have an unexpected shape are left out.
 *
 * @param versions ascending; what any of them tells of the time before is told, the dates as the newest has them
 * @param mediaType the version of the media type; 1 has neither preprints nor peer review
 */
export function historyText(versions: readonly VersionText[], mediaType: number): string {
  const recorded = versions.map(({ history }) => readRecorded(history))
  const day = (key: 'received' | 'accepted' | 'sent-for-peer-review') =>
    dayOf(recorded.findLast((one) => one[key])?.[key])
  const [received, accepted] = [day('received'), day('accepted')]
  const submitted = received && accepted && !unsubmitted.has(versions.at(-1)?.type ?? '')
  const reviewed = mediaType > 1 && day('sent-for-peer-review')
  return objectText({
    ...(submitted && { received: JSON.stringify(received), accepted: JSON.stringify(accepted) }),
    ...(reviewed && { sentForReview: JSON.stringify(reviewed) }),
    versions: arrayText([
      ...(mediaType > 1 ? preprintTexts(recorded) : []),
      ...versions.map(({ head, snippet }) => mergedText(head, snippet)),
    ]),
  })
}

function readRecorded(history: string): Static<typeof Recorded> {
  const recorded: unknown = JSON.parse(history)
  return Value.Check(Recorded, recorded) ? recorded : {}
}

/** An event that several versions tell is one; its address and time say which it is, and the newest version the words. */
function preprintTexts(recorded: readonly Static<typeof Recorded>[]): string[] {
  const events = new Map<string, { status: 'preprint'; description: string; uri: string; date: string }>()
  for (const { preprint = [], 'reviewed-preprint-list': reviewed = [] } of recorded) {
    for (const { description, uri, date: written } of [preprint, reviewed].flat()) {
      const instant = parseInstant(written)
      if (!instant) continue
      const date = formatInstant(instant)
      events.set(`${date} ${uri}`, { status: 'preprint', description, uri, date })
    }
  }
  return [...events.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1)).map((event) => JSON.stringify(event))
}

/** Returns the day of a day or an instant: `2016-04-06`. */
function dayOf(text = ''): string | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text
  const instant = parseInstant(text)
  return instant && formatDay(instant)
}
