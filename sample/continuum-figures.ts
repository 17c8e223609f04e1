import { colours, ink, line, quiet, svg, text } from './drawing.ts'

/* The figures of the sampler's article. What they show is computed, from the same rules that the pipeline follows. */

/** Figure 1: the places of the package's files, and the steps between them. */
export function pathOfThePackage(): string {
  const places = [
    { x: 60, name: 'Production', key: 'the package', step: '' },
    { x: 420, name: 'Expanded', key: '00001.1 / run', step: 'unpack' },
    { x: 780, name: 'Derived', key: 'run / cdn', step: 'convert' },
    { x: 1140, name: 'Public', key: '00001 /', step: 'approve' },
    { x: 1500, name: 'Archive', key: 'a dated zip', step: 'keep' },
  ]
  const boxes = places.map(
    ({ x, name, key, step }, index) =>
      `<rect x="${x}" y="250" width="240" height="150" rx="14" fill="${index === 3 ? '#e6f2f7' : '#f5f7f8'}" stroke="${index === 3 ? colours[0] : line}" stroke-width="4"/>` +
      text(x + 120, 318, name, { anchor: 'middle', weight: 'bold', size: 32 }) +
      text(x + 120, 362, key, { anchor: 'middle', size: 26, fill: quiet }) +
      (index === 0
        ? ''
        : `<path d="M${x - 112} 325 H${x - 14}" stroke="${ink}" stroke-width="4" marker-end="url(#head)"/>` +
          text(x - 63, 225, step, { anchor: 'middle', size: 26 })),
  )
  const services = [
    { x: 420, words: 'article store: preview' },
    { x: 780, words: 'site: page for one editor' },
  ].map(
    ({ x, words }) =>
      `<path d="M${x + 120} 400 V520" stroke="${quiet}" stroke-width="3" stroke-dasharray="6 8" marker-end="url(#head)"/>` +
      `<rect x="${x - 50}" y="530" width="340" height="90" rx="45" fill="white" stroke="${quiet}" stroke-width="3"/>` +
      text(x + 120, 584, words, { anchor: 'middle', size: 25 }),
  )
  const border =
    `<rect x="1112" y="130" width="296" height="330" rx="28" fill="none" stroke="${colours[1]}" stroke-width="4" stroke-dasharray="18 12"/>` +
    text(1260, 96, 'everybody can see this', { anchor: 'middle', fill: colours[1], size: 28 })
  const head = `<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="5" markerHeight="5" orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="${ink}"/></marker></defs>`
  return svg(740, head + border + boxes.join('') + services.join(''))
}

/** Figure 2: each image that is made of a figure 1800 pixels wide, its bar drawn to scale. */
export function widthsOfTheImages(widths: readonly { name: string; width: number }[]): string {
  const row = 70
  const left = 420
  const scale = (1800 - left - 190) / 1800
  const bars = widths.map(({ name, width }, index) => {
    const y = 110 + index * row
    return (
      text(left - 24, y + 34, name, { anchor: 'end', size: 27 }) +
      `<rect x="${left}" y="${y}" width="${Math.max(3, width * scale)}" height="46" fill="${colours[width === 1800 ? 0 : width === 80 ? 1 : 2]}" opacity="0.88"/>` +
      text(left + width * scale + 18, y + 34, `${width}`, { size: 27, fill: quiet })
    )
  })
  const ticks = [0, 300, 600, 900, 1200, 1500, 1800].map(
    (width) =>
      `<path d="M${left + width * scale} 90 V${110 + widths.length * row}" stroke="${line}" stroke-width="2"/>` +
      text(left + width * scale, 70, String(width), { anchor: 'middle', size: 26, fill: quiet }),
  )
  const height = 110 + widths.length * row + 80
  return svg(
    height,
    ticks.join('') +
      bars.join('') +
      text(left + 900 * scale, height - 24, 'width in pixels', { anchor: 'middle', size: 28 }),
  )
}

/** Figure 3: attempts over time, a row for each factor. `rows` holds the seconds at which each attempt begins. */
export function timesOfTheAttempts(rows: readonly { factor: number; times: readonly number[] }[]): string {
  const left = 260
  const scale = (1800 - left - 120) / 260
  const x = (seconds: number) => left + seconds * scale
  const ticks = [0, 50, 100, 150, 200, 250].map(
    (seconds) =>
      `<path d="M${x(seconds)} 90 V640" stroke="${line}" stroke-width="2"/>` +
      text(x(seconds), 690, String(seconds), { anchor: 'middle', size: 28, fill: quiet }),
  )
  const series = rows.map(({ factor, times }, index) => {
    const y = 180 + index * 180
    const colour = colours[index % colours.length]
    const dots = times.map(
      (seconds, attempt) =>
        `<circle cx="${x(seconds)}" cy="${y}" r="17" fill="${colour}"/>` +
        text(x(seconds), y - 34, String(attempt + 1), { anchor: 'middle', size: 26, fill: colour }),
    )
    return (
      text(left - 60, y + 11, `factor ${factor}`, {
        anchor: 'end',
        size: 30,
        weight: factor === 2 ? 'bold' : 'normal',
      }) +
      `<path d="M${x(times[0] ?? 0)} ${y} H${x(times.at(-1) ?? 0)}" stroke="${colour}" stroke-width="6"/>` +
      dots.join('')
    )
  })
  return svg(
    770,
    ticks.join('') +
      series.join('') +
      text(x(125), 745, 'seconds since the first attempt', { anchor: 'middle', size: 28 }),
  )
}
