/** What came of a feed. */
export interface Tally {
  fed: number
  skipped: number
  failed: number
  /** Size of what was fed. */
  bytes: number
  /** The last key that was fed. */
  last?: string
  interrupted: boolean
}
