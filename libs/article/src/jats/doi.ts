/** Tells if a text is a DOI and nothing else: `10.7554/eLife.00353`. */
export function isDoi(text: string): boolean {
  return /^10\.\d{4,}[^\s"/<>]*\/[^\s"]+$/.test(text)
}
