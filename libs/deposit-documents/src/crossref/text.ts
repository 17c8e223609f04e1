import type { Element } from '@continuum/article/jats'
import type { XmlElement } from '../xml/element.ts'
import { inlineIn, type InlineTags } from '../xml/inline.ts'

/** Face markup that Crossref allows in titles; MathML too. `italic` is none of it. */
const faces: InlineTags = {
  tags: {
    italic: 'i',
    bold: 'b',
    underline: 'u',
    overline: 'ovl',
    sup: 'sup',
    sub: 'sub',
    sc: 'scp',
    monospace: 'tt',
  },
  formula: 'mathml',
}

/** Title or other text with Crossref's face markup. */
export function facesOf(element: Element | undefined): readonly (XmlElement | string)[] {
  return inlineIn(element, faces)
}
