import { isElement, type Element } from '../jats/tree.ts'
import { ancestorsOf, type Run } from './xml-text.ts'

/** A run with what is lost of it. */
export interface Lost {
  readonly run: Run
  readonly words: readonly string[]
}

interface Form {
  /** The `alternatives`, `aff-alternatives`... */
  readonly around: Element
  readonly element: Element
}

/** Forms that are shown rather than others of the same thing. */
const preferred = ['mml:math', 'table', 'mixed-citation']

/** Knows which runs are one of several forms of the same thing: of these, one that is shown is enough. */
export function formsOf(runs: readonly Run[]) {
  const forms = new Map<Run, Form>()
  const first = new Map<Element, Element>()
  for (const run of runs) {
    const form = formOf(run)
    if (!form) continue
    forms.set(run, form)
    const known = first.get(form.around)
    if (!known || (preferred.includes(form.element.name) && !preferred.includes(known.name)))
      first.set(form.around, form.element)
  }
  return {
    /** It is not the form that should be shown. */
    isOther(run: Run): boolean {
      const form = forms.get(run)
      return form !== undefined && first.get(form.around) !== form.element
    },

    /** The losses of the forms that are shown best. */
    withoutShown(missing: readonly Lost[]): readonly Lost[] {
      const lost = new Map<Element, number>()
      for (const { run, words } of missing) {
        const element = forms.get(run)?.element
        if (element) lost.set(element, (lost.get(element) ?? 0) + words.length)
      }
      const best = new Map<Element, Element>()
      for (const { around, element } of forms.values()) {
        const known = best.get(around)
        if (!known || (lost.get(element) ?? 0) < (lost.get(known) ?? 0)) best.set(around, element)
      }
      return missing.filter(({ run }) => {
        const form = forms.get(run)
        return form === undefined || best.get(form.around) === form.element
      })
    },
  }
}

function formOf(run: Run): Form | undefined {
  let inner: Element | undefined
  for (const { element } of ancestorsOf(run.place)) {
    if (inner && isAround(element))
      return citations.has(inner.name) || element.name !== 'ref' ? { around: element, element: inner } : undefined
    inner = element
  }
  return undefined
}

const citations = new Set(['mixed-citation', 'element-citation', 'nlm-citation'])

/** Alternatives, and a reference that is given in parts and as text besides. */
function isAround({ name, children }: Element): boolean {
  if (name !== 'ref') return name === 'alternatives' || name.endsWith('-alternatives')
  const names = children.flatMap((node) => (isElement(node) && citations.has(node.name) ? [node.name] : []))
  return names.length === 2 && new Set(names).size === 2
}
