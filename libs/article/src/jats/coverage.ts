import type { Node } from './tree.ts'

/** The words of a text, in lower case; marks of inline HTML are none. */
export function wordsIn(text: string): readonly string[] {
  const plain = /[<&]/.test(text) ? withoutMarkup(text) : text
  return plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function withoutMarkup(text: string): string {
  return text.replaceAll(/<[^>]*>/g, '').replaceAll(/&(?:amp|lt|gt|quot);/g, ' ')
}

/** The texts of an element, piece by piece: its parts may stand together without blanks. */
export function leavesOf(node: Node): readonly string[] {
  return typeof node === 'string' ? [node] : node.children.flatMap(leavesOf)
}

/** Tells if other texts have every word of a text. */
export function isCovered(text: string, others: readonly string[]): boolean {
  const known = new Set(others.flatMap(wordsIn))
  return wordsIn(text).every((word) => known.has(word))
}

/** Every text in a value, however deep. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
