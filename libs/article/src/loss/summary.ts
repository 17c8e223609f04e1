import { lossKinds } from '../journal/loss-kinds.ts'
import { lossWords } from './kinds.ts'
import type { Loss } from './loss.ts'

/** "84 formulas, 3 footnotes and Figure 2 are not shown. 2 links lead nowhere." */
export function summaryOf(losses: readonly Pick<Loss, 'kind' | 'label' | 'words'>[]): string {
  const parts = lossKinds
    .filter((kind) => kind !== 'dead-link' && kind !== 'invented')
    .flatMap((kind) => {
      const of = losses.filter((loss) => loss.kind === kind)
      const [first] = of
      if (!first) return []
      if (of.length === 1)
        return [first.label && kind !== 'reference' ? named(first.label, kind) : `1 ${lossWords[kind][0]}`]
      return [`${of.length} ${lossWords[kind][1]}`]
    })
  const dead = losses.filter(({ kind }) => kind === 'dead-link').length
  const invented = losses.filter(({ kind }) => kind === 'invented').length
  const one = parts.length === 1 && !/^(?!1 )\d/.test(parts[0] ?? '')
  return [
    ...(parts.length > 0 ? [`${listed(parts)} ${one ? 'is' : 'are'} not shown, or not whole.`] : []),
    ...(dead > 0 ? [dead === 1 ? '1 link leads nowhere.' : `${dead} links lead nowhere.`] : []),
    ...(invented > 0 ? [invented === 1 ? '1 value is not in the XML.' : `${invented} values are not in the XML.`] : []),
  ].join(' ')
}

/** A label that is a name of its own stands alone; a mere number or sign says of what. */
function named(label: string, kind: keyof typeof lossWords): string {
  return /\p{L}{3}/u.test(label) ? label : `${lossWords[kind][0]} ${label}`
}

function listed(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
