import { htmlOf } from '../../jats/markup.ts'
import { mathMl } from '../../jats/formulas/math-ml.ts'
import { attributeOf, childOf, descendantsOf, type Element } from '../../jats/tree.ts'
import type { MathBlock } from '../blocks.ts'

/** The formulas of a `disp-formula`, usually one; the schema wants `<math>` without attributes. */
export function formulas(element: Element): readonly MathBlock[] {
  const label = htmlOf(childOf(element, 'label')) || undefined
  return [...descendantsOf(element, ['mml:math'])].map((math, index) => ({
    type: 'mathml',
    ...(index === 0 && { id: attributeOf(element, 'id'), label }),
    mathml: mathMl({ ...math, attributes: {} }),
  }))
}
