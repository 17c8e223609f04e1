import { descendantsOf, firstOf, isElement, type Element, type Node } from '../tree.ts'
import { annotatedTex, mathMl } from './math-ml.ts'
import { mathOfTex, texIn } from './tex.ts'

/** A formula as it is shown, with its TeX where the article gives it. */
export interface Formula {
  /** `<math>...</math>`; attributes of the article's own MathML stay. */
  readonly mathml: string
  readonly tex: string | undefined
}

/** Ways to write a formula, the best first. */
const forms = ['mml:math', 'tex-math']

/** The formula that a `mml:math` or `tex-math` is. */
export function formulaOf(element: Element, display: boolean, beside?: Element): Formula {
  if (element.name === 'tex-math') {
    const tex = texIn(element)
    return { mathml: mathOfTex(tex, display), tex }
  }
  return { mathml: mathMl(element), tex: beside?.name === 'tex-math' ? texIn(beside) : annotatedTex(element) }
}

/** The formulas in an element, each once: where one is given as MathML and as TeX, the MathML is taken. */
export function formulasIn(element: Element, display: boolean): readonly Formula[] {
  const all = [...descendantsOf(element, forms)]
  const best = all.filter(({ name }) => name === 'mml:math')
  const tex = all.filter(({ name }) => name === 'tex-math')
  if (best.length === 0) return tex.map((found) => formulaOf(found, display))
  return best.map((found, index) => formulaOf(found, display, best.length === tex.length ? tex[index] : undefined))
}

/** Tells if there is a formula that is more than an image. */
export function hasFormula(element: Element): boolean {
  return firstOf(element, forms) !== undefined
}

/**
 * The parts of a formula that are shown where the same is given in several forms side by side: of MathML, TeX and images the
 * best. Words and all else beside them stay.
 */
export function bestForms(nodes: readonly Node[]): readonly Node[] {
  const rank = ['mml:math', 'tex-math', 'inline-graphic', 'graphic', 'media']
  const present = rank.filter((name) => nodes.some((node) => isElement(node, name)))
  const [best] = present
  return nodes.filter((node) => !isElement(node, ...rank) || node.name === best)
}
