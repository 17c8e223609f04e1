/** The DOI that a text is, perhaps as an address, bare and in the letter case in which it is written. */
export function doiIn(text: string): string | undefined {
  const doi = text.trim().replace(/^(?:(?:https?:\/\/)?(?:dx\.)?doi\.org\/|(?:info:)?doi[:/]\s*)/i, '')
  return /^10\.\d{4,9}\/\S{1,200}$/.test(doi) ? doi : undefined
}
