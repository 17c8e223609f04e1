import { textOf, type Element } from './tree.ts'

/** Tells if a paragraph says nothing but the DOI of the part that it stands in: `DOI: http://dx.doi.org/10.7554/...`. */
export function repeatsDoi(paragraph: Element): boolean {
  return /^DOI:\s*(?:https?:\/\/(?:dx\.)?doi\.org\/)?10\.\S+$/i.test(textOf(paragraph))
}
