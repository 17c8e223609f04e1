import { reasons, type Reason } from './reasons.ts'
import { ancestorsOf, type Place, type Run } from './xml-text.ts'

interface Step {
  readonly name: string
  readonly attributes: readonly (readonly [name: string, value: string | undefined])[]
}
type Known = Reason & { readonly steps: readonly Step[] }

/** By the element that a reason is about. */
const known = new Map<string, readonly Known[]>()
for (const reason of reasons) {
  const steps = reason.where.split('/').map(readStep).toReversed()
  const name = steps[0]?.name ?? ''
  known.set(name, [...(known.get(name) ?? []), { ...reason, steps }])
}

/** The reasons for which a text need not come out as it is written. */
export function reasonsFor(run: Run): readonly Reason[] {
  const found: Reason[] = []
  for (const place of ancestorsOf(run.place)) {
    for (const reason of known.get(place.element.name) ?? []) {
      if (matches(place, reason.steps) && (reason.text === undefined || reason.text.test(run.text))) found.push(reason)
    }
  }
  return found
}

function readStep(step: string): Step {
  const [name = '', ...conditions] = step.split('[@')
  return {
    name,
    attributes: conditions.map((condition) => {
      const [attribute = '', value] = condition.slice(0, -1).split('=')
      return [attribute, value]
    }),
  }
}

function matches(place: Place, steps: readonly Step[]): boolean {
  let at: Place | undefined = place
  for (const { name, attributes } of steps) {
    if (at?.element.name !== name && name !== '*') return false
    const given: Readonly<Record<string, string>> = at?.element.attributes ?? {}
    const fits = attributes.every(([key, value]) => (value === undefined ? key in given : given[key] === value))
    if (!fits) return false
    at = at?.parent
  }
  return true
}
