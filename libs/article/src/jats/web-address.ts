/**
 * An address as a link may carry it, or undefined. Addresses are data from outside: only http, https, ftp and mailto pass,
 * `javascript:` and its kin do not. Characters that an address may not have are encoded.
 */
export function webAddress(text: string): string | undefined {
  const trimmed = text.trim()
  const address = /^www\./i.test(trimmed) ? `http://${trimmed}` : trimmed
  if (!/^(?:https?|ftp):\/\/[^/]|^mailto:./i.test(address) || !URL.canParse(address)) return undefined
  return new URL(address).href.replaceAll(/[^\w\-.~:/?#@!$&'()*+,;=%]|%(?![\dA-F]{2})/gi, encodeURIComponent)
}

/** Address of a DOI. */
export function doiAddress(doi: string): string | undefined {
  return webAddress(`https://doi.org/${doi.replace(/^doi:\s*/i, '')}`)
}
