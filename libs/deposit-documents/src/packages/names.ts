/** Values for the name of a package. */
export interface NameValues {
  readonly prefix: string
  readonly id: string
  readonly volume: string | undefined
  readonly version: number
  /** 0 = the first. */
  readonly revision: number
}

/** Thrown for a name that a recipient could not store, or that lacks a value; trying again can't help. */
export class PackageNameFailure extends Error {
  override readonly name = 'PackageNameFailure'
  readonly retry = false
}

/**
 * Fills the name of a package.
 *
 * @throws {PackageNameFailure} where it needs a volume and there is none, or is no name of a file
 */
export function packageName(template: string, values: NameValues): string {
  const { prefix, id, volume, version, revision } = values
  if (template.includes('{volume}') && volume === undefined)
    throw new PackageNameFailure(`The name ${template} needs a volume, and the article has none: the XML must name it.`)
  const filled: Readonly<Record<string, string>> = {
    prefix,
    id,
    volume: (volume ?? '').padStart(2, '0'),
    version: String(version),
    revision: revision === 0 ? '' : `.r${revision}`,
  }
  const name = template.replaceAll(/\{(\w+)\}/g, (whole, key: string) => filled[key] ?? whole)
  if (/[\s?%#/:\\{}]/.test(name) || name.startsWith('.'))
    throw new PackageNameFailure(`"${name}" is no name for a package: it may hold no blanks and none of ? % # / : { }.`)
  return name
}

/**
 * The revision of the next package of an article: one more than the last whose name was given out, 0 for the first. It is taken
 * when a deposit is planned and kept over its attempts.
 *
 * @param given names given out to the recipient before, of whatever articles
 */
export function nextRevision(template: string, values: Omit<NameValues, 'revision'>, given: readonly string[]): number {
  const own = given.flatMap((name) => revisionIn(name, template, values) ?? [])
  return own.length === 0 ? 0 : Math.max(...own) + 1
}

/** The revision of a name, where it is exactly one of this article's. */
function revisionIn(name: string, template: string, values: Omit<NameValues, 'revision'>): number | undefined {
  const [, number] = /\.r(\d{1,4})(?=\.\w+$)/.exec(name) ?? []
  const revision = number === undefined ? 0 : Number(number)
  return packageName(template, { ...values, revision }) === name ? revision : undefined
}
