import type { Html } from '../markup/html.ts'
import type { Files } from '../markup/sanitise.ts'

/** The surroundings in which a piece of an article is shown. */
export interface Frame {
  /** The addresses of the files for this reader. */
  readonly files: Files
  /** Level of the headings of sections here. */
  readonly level: number
  /** Shows the blocks inside a block. */
  readonly blocks: (blocks: unknown, frame: Frame) => Html
}

export function deeper(frame: Frame): Frame {
  return { ...frame, level: Math.min(frame.level + 1, 6) }
}
