import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { keep, runFolder } from './run.ts'
import { tableOf, textOfTable } from './table.ts'

/** `npm run corpus -- DIR [--json FILE] [--out DIR]`: converts every article XML of a folder and prints the figures by source. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, out: { type: 'string' } },
})
const [folder] = positionals
if (folder === undefined || positionals.length > 1) {
  process.stderr.write('Usage: npm run corpus -- DIR [--json FILE] [--out DIR]\n')
  process.exit(2)
}

const outcomes = [...runFolder(folder)].map((outcome) => {
  if (values.out !== undefined) keep(values.out, outcome)
  return outcome
})
const refused = outcomes.filter(({ apart, refusals, invalid }) => !apart && refusals.length + invalid.length > 0)
for (const { name, refusals, invalid } of refused) {
  const reasons = [...refusals, ...(invalid.length > 0 ? [`invalid by our schema in ${invalid.length} places`] : [])]
  process.stdout.write(
    `${name}: ${reasons.slice(0, 3).join(' | ')}${reasons.length > 3 ? ` | and ${reasons.length - 3} more` : ''}\n`,
  )
}
for (const { name, refusals } of outcomes.filter(({ apart }) => apart)) {
  process.stdout.write(`${name}: no whole article${refusals.length > 0 ? `, and refused: ${refusals[0]}` : ''}\n`)
}
const table = tableOf(outcomes)
process.stdout.write(`\n${textOfTable(table)}\n`)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(table, undefined, 2)}\n`)
