import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'

/** Real packages and XML lie beside the repository, not in it; tests on them skip where they are absent. */
const shared = new URL('../../../../../shared/', import.meta.url)

/** Reason for skipping, shown by the test run. */
export const whereFrom = 'real articles in ../shared'

export const areThere = existsSync(shared)

export interface RealXml {
  /** Path below ../shared. */
  readonly name: string
  /** Of the package's content: names of its files. */
  readonly files: readonly string[]
  readonly xml: Buffer
}

/** The packages' names with their article XML. */
export const packages: readonly RealXml[] = namesIn('articles', '.zip').map((name) => {
  const entries = unzip(readFileSync(new URL(`articles/${name}`, shared)))
  const files = [...entries.keys()].filter((file) => !file.endsWith('/'))
  const article = files.find((file) => /^[a-z]+-\d+(?:-v\d+)?\.xml$/.test(file)) ?? ''
  return { name, files, xml: entries.get(article)?.() ?? Buffer.alloc(0) }
})

/** Every article XML there is. */
export const articles: readonly RealXml[] = [
  ...packages,
  ...['articles/xml', 'lax-data/jats'].flatMap((folder) =>
    namesIn(folder, '.xml').map((name) => ({
      name: `${folder}/${name}`,
      files: [],
      xml: readShared(`${folder}/${name}`),
    })),
  ),
]

export function readShared(path: string): Buffer {
  return readFileSync(new URL(path, shared))
}

export function readSharedJson(path: string): unknown {
  return JSON.parse(readShared(path).toString('utf8'))
}

function namesIn(folder: string, ending: string): readonly string[] {
  if (!areThere) return []
  return readdirSync(new URL(folder, shared)).filter((name) => name.endsWith(ending))
}

/** Entries by name, each unpacked when asked for; enough of the format for the packages that tests read. */
function unzip(zip: Buffer): Map<string, () => Buffer> {
  const entries = new Map<string, () => Buffer>()
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'))
  let at = zip.readUInt32LE(end + 16)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const nameLength = zip.readUInt16LE(at + 28)
    const header = zip.readUInt32LE(at + 42)
    const deflated = zip.readUInt16LE(at + 10) === 8
    const size = zip.readUInt32LE(at + 20)
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
    const content = zip.subarray(start, start + size)
    entries.set(zip.toString('utf8', at + 46, at + 46 + nameLength), () =>
      deflated ? inflateRawSync(content) : content,
    )
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}
