import { Type, type Static } from 'typebox'

/** The signal by which a publication tells the delivery that waits for it how it ended. */
export type PublicationEnded = Static<typeof PublicationEnded>
export const PublicationEnded = Type.Object({
  run: Type.String(),
  /** Absent: it is published. */
  failure: Type.Optional(Type.Object({ activity: Type.String(), message: Type.String() })),
})
