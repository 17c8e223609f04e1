import { assumed } from './assumptions.ts'
import type { Estimate } from './estimate.ts'
import type { Line } from './line.ts'

/** Formats an estimate for a person: what stands there, what use adds, their sums, and what was assumed. */
export function tableOf(estimate: Estimate): string {
  const { environment, prices, lines, fixed, byUse, total, whileAllRun, notPriced } = estimate
  const of = (kind: Line['kind']) => lines.filter((line) => line.kind === kind).map(lineText)
  const about = new Set(
    lines.flatMap(({ what, price }) => (price.about === undefined ? [] : [`~ ${what}: ${price.about}`])),
  )
  return [
    `${environment}: US dollars a month of ${prices.hours} hours, by the list prices of ${prices.region} of ${prices.asOf}, without taxes and free allowances`,
    '',
    'Fixed: what stands there, used or not',
    ...of('fixed'),
    sumText('fixed', fixed),
    '',
    'By use, as assumed below',
    ...of('use'),
    sumText('by use', byUse),
    '',
    sumText('TOTAL', total),
    ...(whileAllRun > 0 ? [`  While as many tasks run as may, it costs ${money(whileAllRun)} more a month.`] : []),
    '',
    'Assumed (each a flag)',
    ...Object.entries(assumed).map(([name, { means }]) => assumptionText(estimate, name, means)),
    ...(about.size > 0 ? ['', 'Less certain', ...[...about].map((line) => `  ${line}`)] : []),
    ...(notPriced.length > 0
      ? ['', 'NOT PRICED, so missing in the total', ...notPriced.map((each) => `! ${each}`)]
      : []),
  ].join('\n')
}

/** Formats estimates of several environments as a table in Markdown, in whole dollars. */
export function summaryOf(estimates: readonly Estimate[]): string {
  const rows = estimates.map((each) => [
    `\`${each.environment}\`${each.notPriced.length > 0 ? ' (not all is priced)' : ''}`,
    ...[each.fixed, each.byUse, each.total, each.whileAllRun].map((dollars) => String(Math.round(dollars))),
  ])
  const table = [['environment', 'fixed', 'by use', 'total', 'more while all tasks run'], ...rows]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? []
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = table
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

const money = (dollars: number) => dollars.toFixed(2)

const sumText = (what: string, dollars: number) => `  ${what.padEnd(90)}${money(dollars).padStart(10)}`

function lineText({ what, quantity, price, dollars }: Line): string {
  const count = quantity.toLocaleString('en', { maximumFractionDigits: quantity < 10 ? 3 : 0 })
  const each = `${Number(price.dollars.toPrecision(4))} per ${price.per}`
  return `${price.about === undefined ? ' ' : '~'} ${what.padEnd(40)}${count.padStart(12)} x ${each.padEnd(35)}${money(dollars).padStart(10)}`
}

function assumptionText({ assumptions }: Estimate, name: string, means: string): string {
  const known: Record<string, number> = assumptions
  return `  --${name.padEnd(12)}${(known[name] ?? 0).toLocaleString('en').padStart(8)}  ${means}`
}
