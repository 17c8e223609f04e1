import { html, safe, type Html } from '@continuum/service'

/** The shapes, on a grid of 16 by 16. Each state has its own, so that states are distinguishable without colour. */
const shapes = {
  failed: '<path d="M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z"/><path d="M5.7 5.7l4.6 4.6m0-4.6l-4.6 4.6"/>',
  running: '<circle cx="8" cy="8" r="6.2" opacity=".35"/><path d="M8 1.8a6.2 6.2 0 0 1 6.2 6.2"/>',
  retrying: '<path d="M13.6 6.2A6 6 0 1 0 14 8.6"/><path d="M14.3 2.6v3.8h-3.8"/>',
  ready: '<circle cx="8" cy="8" r="6.2"/><path d="M5.2 8.2l2 2 3.7-4"/>',
  done: '<path d="M3 8.6l3.3 3.3L13 4.8"/>',
  published: '<circle cx="8" cy="8" r="6.2" fill="currentColor"/><path class="cut" d="M5.2 8.2l2 2 3.7-4"/>',
  waiting: '<path d="M4 1.8h8M4 14.2h8M5 1.8c0 4 6 4.4 6 6.2s-6 2.2-6 6.2M11 1.8c0 4-6 4.4-6 6.2s6 2.2 6 6.2"/>',
  scheduled: '<circle cx="8" cy="8" r="6.2"/><path d="M8 4.4V8l2.6 1.7"/>',
  unidentified: '<path d="M8 1.8l6.6 12H1.4z"/><path d="M8 6v3.9M8 11.6v.2"/>',
  hidden: '<circle cx="8" cy="8" r="6.2"/><path d="M3.8 12.2l8.4-8.4"/>',
  noted: '<circle cx="8" cy="8" r="2.2" fill="currentColor"/>',
} as const

/** The name of a shape. */
export type IconName = keyof typeof shapes

/** Renders an icon within a drawing, at a place in it. */
export function iconAt(name: IconName, { x, y }: { readonly x: number; readonly y: number }): Html {
  return html`<svg class="icon ${name}" x="${x}" y="${y}" width="16" height="16" viewBox="0 0 16 16">
    ${safe(shapes[name])}
  </svg>`
}

/** Renders an icon. It is hidden from screen readers: the text next to it says the same. */
export function icon(name: IconName): Html {
  return html`<svg class="icon ${name}" viewBox="0 0 16 16" aria-hidden="true">${safe(shapes[name])}</svg>`
}
