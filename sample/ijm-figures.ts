import { colours, ink, line, quiet, svg, text } from './drawing.ts'

/** Income that nobody pays tax on, and the rate on what is above it. */
const allowance = 12_000
const rate = 0.3

/** Incomes of a thousand made-up households: the middles of a thousand equal slices of a log-logistic distribution. */
export const households: readonly number[] = Array.from({ length: 1000 }, (_, index) => {
  const share = (index + 0.5) / 1000
  return 24_000 * (share / (1 - share)) ** 0.35
})

/** The same after the tax. */
export const netIncomes: readonly number[] = households.map((income) => income - rate * Math.max(0, income - allowance))

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** The share of all income that the poorest part of the households has. */
export const shareOfThePoorest = (incomes: readonly number[], part: number) =>
  sum(incomes.slice(0, Math.round(part * incomes.length))) / sum(incomes)

/** Tax as a share of income, in each tenth of the households. */
export const taxShares: readonly number[] = Array.from({ length: 10 }, (_, tenth) => {
  const before = sum(households.slice(tenth * 100, tenth * 100 + 100))
  return 1 - sum(netIncomes.slice(tenth * 100, tenth * 100 + 100)) / before
})

/** Figure 1: Lorenz curves before and after the tax. */
export function lorenzCurves(): string {
  const [left, top, side] = [240, 60, 1000]
  const x = (part: number) => left + part * side
  const y = (share: number) => top + side - share * side
  const curve = (incomes: readonly number[]) =>
    Array.from({ length: 51 }, (_, step) => `${x(step / 50)} ${y(shareOfThePoorest(incomes, step / 50))}`).join(' L')
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (part) =>
      `<path d="M${x(part)} ${y(0)} V${y(1)} M${x(0)} ${y(part)} H${x(1)}" stroke="${line}" stroke-width="2"/>` +
      text(x(part), y(0) + 46, `${part * 100}`, { anchor: 'middle', size: 28, fill: quiet }) +
      text(x(0) - 20, y(part) + 10, `${part * 100}`, { anchor: 'end', size: 28, fill: quiet }),
  )
  const legend = [
    ['equal shares', ink, '6 12'],
    ['after the tax', colours[0], ''],
    ['before the tax', colours[1], ''],
  ].map(
    ([words = '', colour = ink, dashes = ''], index) =>
      `<path d="M1320 ${300 + index * 70} h90" stroke="${colour}" stroke-width="7" stroke-dasharray="${dashes}"/>` +
      text(1430, 310 + index * 70, words, { size: 30 }),
  )
  return svg(
    1220,
    ticks.join('') +
      `<path d="M${x(0)} ${y(0)} L${x(1)} ${y(1)}" stroke="${ink}" stroke-width="4" stroke-dasharray="6 12"/>` +
      `<path d="M${curve(netIncomes)}" fill="none" stroke="${colours[0]}" stroke-width="7"/>` +
      `<path d="M${curve(households)}" fill="none" stroke="${colours[1]}" stroke-width="7"/>` +
      legend.join('') +
      text(x(0.5), 1180, 'households, from the poorest (%)', { anchor: 'middle', size: 30 }) +
      `<g transform="rotate(-90 110 ${y(0.5)})">${text(110, y(0.5), 'income (%)', { anchor: 'middle', size: 30 })}</g>`,
  )
}

/** Figure 2: tax as a share of income, a bar for each tenth of the households. */
export function taxesByGroup(): string {
  const y = (share: number) => 640 - share * 2000
  const ticks = [0, 0.1, 0.2, 0.3].map(
    (share) =>
      `<path d="M200 ${y(share)} H1740" stroke="${line}" stroke-width="2"/>` +
      text(180, y(share) + 10, `${share * 100}`, { anchor: 'end', size: 28, fill: quiet }),
  )
  const bars = taxShares.map(
    (share, tenth) =>
      `<rect x="${230 + tenth * 150}" y="${y(share)}" width="110" height="${640 - y(share)}" fill="${colours[0]}" opacity="0.88"/>` +
      text(285 + tenth * 150, y(share) - 14, (share * 100).toFixed(1), { anchor: 'middle', size: 26 }) +
      text(285 + tenth * 150, 690, `${tenth + 1}`, { anchor: 'middle', size: 28, fill: quiet }),
  )
  return svg(
    780,
    ticks.join('') +
      bars.join('') +
      text(970, 752, 'tenth of the households, from the poorest', { anchor: 'middle', size: 30 }) +
      `<g transform="rotate(-90 90 350)">${text(90, 350, 'tax (% of income)', { anchor: 'middle', size: 30 })}</g>`,
  )
}
