import * as m from '../wire/members.ts'
import { structure } from '../wire/shape.ts'
import { decision } from './decision.ts'

export const recordMarker = decision(
  structure({ markerName: m.label }, { details: m.details }),
  (draft, { markerName, details }, { decisionTaskCompletedEventId }) => {
    draft.record('MarkerRecorded', { markerName, details, decisionTaskCompletedEventId })
  },
)
