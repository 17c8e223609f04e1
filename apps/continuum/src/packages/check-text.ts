import { isTaken, listOf, type CheckedPackage, type Remark } from '@continuum/package'

const headings = { problem: 'PROBLEM', warning: 'warning', finding: 'finding' } as const

/** The number of places printed per remark; `--json` has them all. */
const maxPlaces = 10

/** Prints what is to say about a package for a person: problems first, each with what, where and what to do. */
export function checkText(name: string, checked: CheckedPackage): string {
  const { remarks, articleId, title } = checked
  const verdict = isTaken(checked) ? 'would be taken' : 'would NOT be taken'
  const counted = (['problem', 'warning', 'finding'] as const).flatMap((severity) => {
    const count = remarks.filter((remark) => remark.severity === severity).length
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`]
  })
  const about = articleId === undefined ? '' : `  article ${articleId}${title ? `: ${title}` : ''}\n`
  const head = `${name} ${verdict}${counted.length > 0 ? ` (${counted.join(', ')})` : ''}`
  return [`${head}\n${about}`.trimEnd(), ...remarks.map(remarkText)].join('\n')
}

function remarkText({ severity, what, advice, places = [] }: Remark): string {
  const left = places.length - maxPlaces
  return [
    `  ${headings[severity]}  ${what}`,
    ...places.slice(0, maxPlaces).map(({ line, label, excerpt, why, xpath }) => {
      const text = excerpt === '' ? '' : ` "${excerpt}"`
      return `      line ${line}${label ? `, ${label}` : ''}:${text} ${why}\n        at ${xpath}`
    }),
    ...(left > 0 ? [`      and ${left} more places (--json lists them all)`] : []),
    ...(advice === undefined ? [] : [`      What to do: ${advice}`]),
  ].join('\n')
}

/** Sums up many packages in a line. */
export function summaryText(results: ReadonlyMap<string, CheckedPackage>): string {
  const refused = [...results].filter(([, checked]) => !isTaken(checked)).map(([name]) => name)
  const taken = results.size - refused.length
  return `${taken} of ${results.size} packages would be taken${refused.length > 0 ? `; not ${listOf(refused)}` : ''}.`
}
