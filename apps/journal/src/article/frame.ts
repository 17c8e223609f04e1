import type { Html } from '../markup/html.ts'
import type { Files } from '../markup/sanitise.ts'

/** What showing a piece of an article needs to know of where it stands. */
export interface Frame {
  /** Where files of the article are for this reader. */
  readonly files: Files
  /** Level of the headings of sections here. */
  readonly level: number
  /** Shows the blocks inside a block. */
  readonly blocks: (blocks: unknown, frame: Frame) => Html
}

export function deeper(frame: Frame): Frame {
  return { ...frame, level: Math.min(frame.level + 1, 6) }
}
