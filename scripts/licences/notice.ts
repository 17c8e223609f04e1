/** A package of the lock file that is installed where Continuum runs. */
export interface ShippedPackage {
  readonly name: string
  readonly version: string
  /** An SPDX expression. */
  readonly licence: string
}

interface LockEntry {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly link?: boolean
}

/** Licences that packages name in a form older than what a lock file keeps: `licenses` in their package.json. */
const namedOtherwise: Readonly<Record<string, string>> = { buildcheck: 'MIT', 'cpu-features': 'MIT', ssh2: 'MIT' }

/** Lists the packages of others that are installed where Continuum runs, each version once. */
export function shippedPackages(lock: { readonly packages: Readonly<Record<string, LockEntry>> }): ShippedPackage[] {
  const found = Object.entries(lock.packages).flatMap(([path, { version, license, dev, link }]) => {
    const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1]
    if (name === undefined || link || dev || name.startsWith('@continuum/')) return []
    return [{ name, version: version ?? '', licence: license ?? namedOtherwise[name] ?? 'unknown' }]
  })
  const once = new Map(found.map((one) => [`${one.name} ${one.version}`, one]))
  return [...once.values()].toSorted((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1))
}

/** Licences that let Continuum ship a package under its own licence, MIT, with a notice. */
const taken = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'CC-BY-4.0',
  'Python-2.0',
  'PostgreSQL',
  // Of fonts: they may be bundled, not sold by themselves.
  'OFL-1.1',
  // sharp loads libvips as a library of its own, which may be replaced.
  'LGPL-3.0-or-later',
])

/** Tells whether a licence is taken: of alternatives one, of several all. */
export function isTaken(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, '')
  return plain
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((licence) => taken.has(licence.trim())))
}

/** Writes the notice: what ships, and under which licence. */
export function noticeOf(packages: readonly ShippedPackage[]): string {
  const byLicence = Map.groupBy(packages, ({ licence }) => licence)
  const parts = [...byLicence]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([licence, of]) => `${licence}\n\n${of.map(({ name, version }) => `  ${name} ${version}`).join('\n')}\n`)
  return `Continuum\n\nContinuum is under the MIT licence (LICENSE). It is installed with the packages below, which are under licences of their own;\neach brings its text along. Made by: node scripts/licences/main.ts\n\n${parts.join('\n')}`
}
