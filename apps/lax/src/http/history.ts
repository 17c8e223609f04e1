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
 * @param versions ascending; the `-history` of the last one is used
 * @param mediaType the version of the media type; 1 has neither preprints nor peer review
 */
export function historyText(versions: readonly VersionText[], mediaType: number): string {
  const last = versions.at(-1)
  const recorded = readRecorded(last?.history)
  const [received, accepted] = [dayOf(recorded.received), dayOf(recorded.accepted)]
  const submitted = received && accepted && !unsubmitted.has(last?.type ?? '')
  const reviewed = mediaType > 1 && dayOf(recorded['sent-for-peer-review'])
  return objectText({
    ...(submitted && { received: JSON.stringify(received), accepted: JSON.stringify(accepted) }),
    ...(reviewed && { sentForReview: JSON.stringify(reviewed) }),
    versions: arrayText([
      ...(mediaType > 1 ? preprintTexts(recorded) : []),
      ...versions.map(({ head, snippet }) => mergedText(head, snippet)),
    ]),
  })
}

function readRecorded(history = '{}'): Static<typeof Recorded> {
  const recorded: unknown = JSON.parse(history)
  return Value.Check(Recorded, recorded) ? recorded : {}
}

function preprintTexts(recorded: Static<typeof Recorded>): string[] {
  return [recorded.preprint ?? [], recorded['reviewed-preprint-list'] ?? []]
    .flat()
    .flatMap(({ description, uri, date }) => {
      const instant = parseInstant(date)
      return instant ? [{ status: 'preprint', description, uri, date: formatInstant(instant) }] : []
    })
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
    .map((preprint) => JSON.stringify(preprint))
}

/** Returns the day of a day or an instant: `2016-04-06`. */
function dayOf(text = ''): string | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text
  const instant = parseInstant(text)
  return instant && formatDay(instant)
}
