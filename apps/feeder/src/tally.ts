/** The totals of a feed. */
export interface Tally {
  fed: number
  skipped: number
  failed: number
  /** Bytes of the objects that were fed. */
  bytes: number
  /** The last key that was fed. */
  last?: string
  interrupted: boolean
}
