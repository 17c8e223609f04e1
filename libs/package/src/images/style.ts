/** A style that was made safe, and what was taken out of it. */
export interface SafeStyle {
  readonly css: string
  readonly removed: readonly string[]
}

/** Styles that load something: at-rules, functions that take an address as text, and addresses that are not within the drawing. */
const loading: readonly (readonly [RegExp, string])[] = [
  [/@(?:import|namespace|charset)[^;]*(?:;|$)/gi, ''],
  [/@font-face\s*\{[^}]*\}?/gi, ''],
  [/(?:-webkit-)?(?:image-set|cross-fade|image|element|src)\s*\([^)]*(?:\)|$)/gi, 'none'],
  [/url\s*\(\s*(?!["']?\s*#)[^)]*(?:\)|$)/gi, 'none'],
  [/expression\s*\([^)]*(?:\)|$)/gi, 'none'],
  [/(?:-moz-binding|behavior)\s*:[^;}]*/gi, ''],
  [/javascript\s*:/gi, ''],
]

/**
 * Makes CSS of a drawing safe: nothing in it loads or runs anything. Comments and escapes are taken out first, for they can
 * hide what is looked for.
 */
export function safeStyle(css: string): SafeStyle {
  let safe = css
  const removed: string[] = []
  // What is left may come together to what was taken out, a comment too: until nothing changes.
  for (let before; before !== safe;) {
    before = safe
    safe = safe.replaceAll(/\/\*[^]*?(?:\*\/|$)/g, '').replaceAll(/\\|<!--|-->/g, '')
    for (const [pattern, instead] of loading) {
      safe = safe.replaceAll(pattern, (found) => {
        removed.push(found.replaceAll(/\s+/g, ' ').trim().slice(0, 60))
        return instead
      })
    }
  }
  return { css: safe, removed }
}
