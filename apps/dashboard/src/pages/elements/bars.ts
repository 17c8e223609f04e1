import { html, when, type Html } from '@continuum/service'
import type { Fold, FoldedAxis, Span } from './folded-axis.ts'
import { icon } from './icons.ts'
import { waitText } from './time.ts'

/** The narrowest mark that is seen, in hundredths of the axis. */
const minWidth = 0.8

/**
 * Draws a step on the axis of its timeline: its attempts, and between them what it waited. Screen readers leave it out: times,
 * durations and folds are in the text.
 */
export function barHtml({ folds, place }: FoldedAxis, whole: Span, work: readonly Span[]): Html {
  const rect = (kind: string, { from, to }: Span) => {
    const start = place(from) * 100
    const width = Math.max(minWidth, place(to) * 100 - start)
    return html`<rect
      class="${kind}"
      x="${Math.min(start, 100 - width).toFixed(2)}"
      y="0"
      width="${width.toFixed(2)}"
      height="6"
    />`
  }
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    ${rect('whole', whole)}
    ${folds.map(({ start, end }) => html`<rect class="cut" x="${(start * 100).toFixed(2)}" y="0" width="${((end - start) * 100).toFixed(2)}" height="6" /><path class="folded" d="M${(start * 100).toFixed(2)} 3H${(end * 100).toFixed(2)}" vector-effect="non-scaling-stroke" />`)}
    ${work.map((span) => rect('work', span))}
  </svg>`
}

/** Renders a long wait as an item of a timeline, in words. @param what the thing waited for: `for approval` */
export function foldItem({ from, to }: Span, what?: string): Html {
  return html`<li class="fold">
    ${icon('waiting')}
    <p>${waitText(to - from)} waiting${when(what, (text) => html`, ${text}`)}</p>
  </li>`
}

/**
 * Puts long waits between the items of a timeline, each before the first item that begins after it.
 *
 * @param items in the order in which they began, each with its beginning in milliseconds
 */
export function withFolds(
  items: readonly { readonly began: number; readonly item: Html }[],
  { folds }: FoldedAxis,
  foldHtml: (fold: Fold) => Html,
): Html[] {
  const left = [...folds]
  const rendered = items.flatMap(({ began, item }) => {
    const count = left.filter(({ to }) => to <= began).length
    return [...left.splice(0, count).map(foldHtml), item]
  })
  return [...rendered, ...left.map(foldHtml)]
}
