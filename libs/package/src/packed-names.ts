import type { Finding, PackageReport } from '@continuum/article'

interface NamedFile {
  readonly name: string
  readonly packed?: string
}

/** Calls files by their names in the package in a report that was made of their names in a version: its readers have the zip. */
export function asPacked({ problems, findings }: PackageReport, files: readonly NamedFile[]): PackageReport {
  const packed = new Map(files.flatMap((file) => (file.packed === undefined ? [] : [[file.name, file.packed]])))
  const renamed = (finding: Finding): Finding => {
    const { file, message } = finding
    const now = file === undefined ? undefined : packed.get(file)
    if (file === undefined || now === undefined) return { ...finding, message: withPackedNames(message, packed) }
    // Its own name may have blanks; those of other files in the sentence are words.
    const parts = message.split(file).map((part) => withPackedNames(part, packed))
    return { ...finding, file: now, message: parts.join(now) }
  }
  return { problems: problems.map(renamed), findings: findings.map(renamed) }
}

function withPackedNames(text: string, packed: ReadonlyMap<string, string>): string {
  return text.replaceAll(/[^\s,()]+/g, (word) => {
    const [, name = word, sign = ''] = /^(.*?)([.:;]?)$/.exec(word) ?? []
    return packed.get(word) ?? (packed.get(name) ?? name) + sign
  })
}
