import { colours, line, quiet, svg, text } from './drawing.ts'

/** The names of one article of the journal, from its delivery to its reader. */
export const names: readonly { readonly of: string; readonly name: string }[] = [
  { of: 'number', name: 'mrdn.0012345' },
  { of: 'DOI', name: '10.5555/journal.mrdn.0012345' },
  { of: 'package', name: 'journal.mrdn.0012345.zip' },
  { of: 'figure', name: 'journal.mrdn.0012345.g001.tif' },
  { of: 'id', name: 'meridian-mrdn-0012345' },
  { of: 'public image', name: 'journal.mrdn.0012345.g001-v1.jpg' },
]

/** Figure 1: how long each name is. */
export function lengthsOfNames(): string {
  const bars = names.map(
    ({ of, name }, index) =>
      text(330, 104 + index * 100, of, { anchor: 'end', size: 30 }) +
      `<rect x="360" y="${60 + index * 100}" width="${name.length * 38}" height="66" fill="${colours[of === 'id' ? 1 : 0]}" opacity="0.88"/>` +
      text(380 + name.length * 38, 104 + index * 100, String(name.length), { size: 30, fill: quiet }),
  )
  const ticks = [0, 10, 20, 30].map(
    (length) =>
      `<path d="M${360 + length * 38} 40 V660" stroke="${line}" stroke-width="2"/>` +
      text(360 + length * 38, 706, String(length), { anchor: 'middle', size: 28, fill: quiet }),
  )
  return svg(790, ticks.join('') + bars.join('') + text(960, 764, 'characters', { anchor: 'middle', size: 30 }))
}

/** Figure 2: what the id is made of. */
export function idOfAnArticle(): string {
  const parts = [
    { x: 330, words: 'meridian', below: 'prefix of the journal', colour: colours[0] },
    { x: 800, words: 'mrdn', below: 'series', colour: colours[2] },
    { x: 1270, words: '0012345', below: 'number in the series', colour: colours[1] },
  ]
  return svg(
    330,
    parts
      .map(
        ({ x, words, below, colour }) =>
          `<rect x="${x - 190}" y="60" width="380" height="120" rx="16" fill="none" stroke="${colour}" stroke-width="5"/>` +
          text(x, 138, words, { anchor: 'middle', size: 48, weight: 'bold', fill: colour }) +
          text(x, 240, below, { anchor: 'middle', size: 30, fill: quiet }),
      )
      .join('') + [565, 1035].map((x) => text(x, 138, '-', { anchor: 'middle', size: 60 })).join(''),
  )
}

/** Equation 1, drawn as the journal's typesetter sends it. */
export function equationImage(): string {
  return svg(150, text(900, 92, 'length(id) = length(prefix) + 1 + length(number)', { anchor: 'middle', size: 44 }))
}
