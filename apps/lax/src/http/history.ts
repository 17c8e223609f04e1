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

/** Nobody submits these: they have neither been received nor accepted. */
const unsubmitted = new Set(['editorial', 'insight'])

/**
 * The history of an article as JSON text: its dates before publication, preprints by date, its versions.
 * What the article JSON says in another shape than expected counts as not said.
 *
 * @param versions ascending; the last one's `-history` counts
 * @param mediaType version of the media type; 1 knows neither preprints nor peer review
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

/** `2016-04-06`, of a day or an instant. */
function dayOf(text = ''): string | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text
  const instant = parseInstant(text)
  return instant && formatDay(instant)
}
