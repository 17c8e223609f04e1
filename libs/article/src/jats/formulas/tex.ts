import temml from 'temml'
import { escapeText } from '../escape.ts'
import { isElement, type Element, type Node } from '../tree.ts'

/** Commands that are common in journals' TeX and that the library does not know. */
const macros = { '\\mbox': '\\text{#1}', '\\ensuremath': '#1', '\\hfill': '\\quad', '\\textsc': '\\text{#1}' }

/** The formula that a `tex-math` holds: without the preamble and the delimiters of a LaTeX document around it. */
export function texIn(texMath: Element): string {
  const source = rawText(texMath)
  const document = /\\begin\s*\{document\}([^]*?)(?:\\end\s*\{document\}|$)/.exec(source)?.[1] ?? source
  const inner = document.trim()
  const delimited = /^(?:\$\$([^]*)\$\$|\$([^$]*)\$|\\\[([^]*)\\\]|\\\(([^]*)\\\))$/.exec(inner)
  return (delimited ? (delimited.slice(1).find((part) => part !== undefined) ?? '') : inner).trim()
}

/**
 * A formula in TeX as MathML, `<math>...</math>` without attributes. One that the library does not understand is shown as
 * its TeX, so that nothing is lost.
 */
export function mathOfTex(tex: string, display: boolean): string {
  return converted(tex, display) ?? `<math><mtext>${escapeText(tex)}</mtext></math>`
}

function converted(tex: string, display: boolean): string | undefined {
  try {
    // Macros that a formula defines end with it; what could fetch or run is not trusted.
    const options = { displayMode: display, throwOnError: true, trust: false, macros: { ...macros }, maxExpand: 1000 }
    return withoutStyle(temml.renderToString(tex, options))
  } catch {
    return undefined
  }
}

/** The library's elements keep the attributes that MathML has; how columns are aligned is said by one. */
function withoutStyle(markup: string): string {
  return markup
    .replaceAll(/ class="tml-(left|right)[^"]*"/g, ' columnalign="$1"')
    .replaceAll(/ (?:class|style)="[^"]*"/g, '')
    .replace(/^<math[^>]*>/, '<math>')
}

function rawText(node: Node): string {
  return isElement(node) ? node.children.map(rawText).join('') : node
}
