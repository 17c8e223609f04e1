/** Thrown when an address names no article or version that there could be; answered as an unknown one. */
export class NoSuchAddress extends Error {
  override readonly name = 'NoSuchAddress'
}

/** The article's number in a path; zeros before it do not count. */
export function articleNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new NoSuchAddress(text)
  return Number(text)
}

export function versionNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new NoSuchAddress(text)
  return Number(text)
}
