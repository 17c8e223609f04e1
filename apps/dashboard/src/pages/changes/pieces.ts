import { html, type Html } from '@continuum/service'
import type { ParagraphChange, Piece } from '../../changes/word-changes.ts'

/** Of a longer stretch that is the same, only this many words are shown at either end. */
const maxSameWords = 24

/** Renders a paragraph that differs: what is gone struck through, what is new underlined, both named for screen readers. */
export function piecesHtml(pieces: ParagraphChange): Html {
  return html`${pieces.map((piece, index) => pieceHtml(piece, index === 0, index === pieces.length - 1))}`
}

function pieceHtml({ is, text }: Piece, first: boolean, last: boolean): Html {
  if (is === 'added')
    return html`<ins><span class="quiet-voice">[new: </span>${text}<span class="quiet-voice">]</span></ins>`
  if (is === 'removed')
    return html`<del><span class="quiet-voice">[gone: </span>${text}<span class="quiet-voice">]</span></del>`
  const words = text.split(/(?<=\s)/)
  const [before, after] = [first ? 0 : maxSameWords, last ? 0 : maxSameWords]
  const left = words.length - before - after
  if (left <= maxSameWords) return html`${text}`
  return html`${words.slice(0, before).join('')}<span class="left-out">… ${left} words …</span>
    ${words.slice(words.length - after).join('')}`
}
