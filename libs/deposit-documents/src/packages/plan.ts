import { formatAssetName, parseAssetName, rewriteHrefs } from '@continuum/article'
import { attributeOf, descendantsOf, parseArticleXml } from '@continuum/article/jats'
import { zipOf } from '@continuum/package'
import { Readable } from 'node:stream'
import { asPmcTakesIt, withoutVersionDoi } from './alter-xml.ts'
import { packageName, type NameValues } from './names.ts'
import type { PackageRule } from './rule.ts'

/** A version's files, as the archive has them. */
export interface VersionFiles {
  /** Names of all files, flat. */
  readonly names: readonly string[]
  readonly xmlName: string
  readonly xml: Uint8Array
}

/** A file of a package under its name there: one of the version as it is, or made. */
export type PackageFile =
  | { readonly name: string; readonly from: string }
  | { readonly name: string; readonly bytes: Uint8Array }

/** A package as it will be. */
export interface PlannedPackage {
  readonly name: string
  readonly mediaType: string
  readonly form: PackageRule['form']
  /** In the order in which they stand in the zip. */
  readonly files: readonly PackageFile[]
}

/** Thrown for a version that gives no package by the rule; trying again can't help. */
export class EmptyPackageFailure extends Error {
  override readonly name = 'EmptyPackageFailure'
  readonly retry = false
}

/** Elements that name files. */
const naming = ['graphic', 'inline-graphic', 'media', 'inline-media', 'supplementary-material', 'self-uri', 'ext-link']

/**
 * Plans a package of a version for a file recipient. Files keep their bytes; only the XML is changed, as the rule says.
 *
 * @throws {PackageNameFailure} for a name that can't be made
 * @throws {EmptyPackageFailure} where two files would have one name
 */
export function planDelivery(rule: PackageRule, version: VersionFiles, values: NameValues): PlannedPackage {
  const { names, xmlName } = version
  const chosen = names.filter((name) => isChosen(name, rule, xmlName))
  const renames = rule.keepVersion ? new Map<string, string>() : withoutVersions(version)
  const nameOf = (name: string) => renames.get(name) ?? name
  const files = chosen
    .toSorted()
    .map((name): PackageFile =>
      name === xmlName
        ? { name: nameOf(name), bytes: alteredXml(version, rule, renames) }
        : { name: nameOf(name), from: name },
    )
  const [twice] = [...Map.groupBy(files, ({ name }) => name)].find(([, same]) => same.length > 1) ?? []
  if (twice !== undefined)
    throw new EmptyPackageFailure(
      `Without their versions, several files would be ${twice}: the package would lose one. Deliver the article again with one of each.`,
    )
  return {
    name: packageName(rule.name, values),
    mediaType: rule.form === 'zip' ? 'application/zip' : 'application/xml',
    form: rule.form,
    files,
  }
}

/**
 * Writes a package as a stream. The same plan, files and date give the same bytes.
 *
 * @param open opens a file of the version by its name there
 * @param date modification time of the files in the zip, an instant
 */
export function writePackage(
  { form, files }: PlannedPackage,
  { open, date }: { open: (name: string) => Promise<Readable>; date: string },
): Readable {
  const byName = new Map(files.map((file) => [file.name, file]))
  const openFile = async (name: string): Promise<Readable> => {
    const file = byName.get(name)
    if (file === undefined) throw new EmptyPackageFailure(`The package has no file ${name}.`)
    return 'bytes' in file ? Readable.from([file.bytes], { objectMode: false }) : open(file.from)
  }
  const [only] = files
  if (form === 'zip') return zipOf([...byName.keys()], openFile, date)
  if (only === undefined || !('bytes' in only)) throw new EmptyPackageFailure('The package has no XML.')
  return Readable.from([only.bytes], { objectMode: false })
}

/** Supplements are known by their own names, never by the folders around them. */
function isChosen(name: string, { contents, form }: PackageRule, xmlName: string): boolean {
  if (name === xmlName) return true
  if (contents === 'xml' || form === 'file') return false
  return contents === 'everything' || (/\.pdf$/i.test(name) && !/-(supp|data|code)/.test(name))
}

/** New names of the files, and of those that the XML names and the package lacks. */
function withoutVersions({ names, xml }: VersionFiles): ReadonlyMap<string, string> {
  const named = [...descendantsOf(parseArticleXml(xml).root, naming)].flatMap(
    (element) => attributeOf(element, 'xlink:href') ?? [],
  )
  const local = named.filter((href) => !/^[a-z]+:|\//i.test(href))
  const known = new Set(names)
  const absent = local.filter((href) => !known.has(href) && !names.some((name) => name.startsWith(`${href}.`)))
  return new Map(
    [...names, ...absent].flatMap((name) => {
      const { version, ...parts } = parseAssetName(name)
      return version === undefined ? [] : [[name, formatAssetName(parts)] as const]
    }),
  )
}

function alteredXml({ xml }: VersionFiles, rule: PackageRule, renames: ReadonlyMap<string, string>): Uint8Array {
  const renamed = renames.size === 0 ? xml : rewriteHrefs(xml, renames)
  const single = rule.xml.removeVersionDoi ? withoutVersionDoi(renamed) : renamed
  return rule.xml.forPmc ? asPmcTakesIt(single) : single
}
