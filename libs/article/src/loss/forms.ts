import type { Element } from '../jats/tree.ts'
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
const preferred = ['mml:math', 'table']

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

    /** What is lost but has another form that is shown whole. */
    withoutShown(missing: readonly Lost[]): readonly Lost[] {
      const lost = new Set(missing.flatMap(({ run }) => forms.get(run)?.element ?? []))
      const shown = new Set([...forms.values()].filter(({ element }) => !lost.has(element)).map(({ around }) => around))
      return missing.filter(({ run }) => {
        const form = forms.get(run)
        return form === undefined || !shown.has(form.around)
      })
    },
  }
}

function formOf(run: Run): Form | undefined {
  let inner: Element | undefined
  for (const { element } of ancestorsOf(run.place)) {
    const isAround = element.name === 'alternatives' || element.name.endsWith('-alternatives')
    if (isAround && inner) return { around: element, element: inner }
    inner = element
  }
  return undefined
}
