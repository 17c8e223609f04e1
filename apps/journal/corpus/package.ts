import { findArticleXml, parsePackageName, type Journal } from '@continuum/article'
import { basename } from 'node:path'
import { openPromise } from 'yauzl'
import { convert, refusal, type Outcome } from './convert.ts'

/** Runs a package, a zip, through the library and the article page; figures are as large as figures are. */
export async function convertPackage(path: string, journal: Journal): Promise<Outcome> {
  const name = basename(path)
  try {
    const { articleId, status } = parsePackageName(name, [journal])
    const contents = await contentsOf(path)
    const files = [...contents.keys()]
    const found = findArticleXml({ journal, articleId, files })
    if ('problem' in found) return refusal(name, found.problem.message)
    return convert(name, contents.get(found.file) ?? Buffer.alloc(0), journal, { articleId, status, files })
  } catch (error) {
    if (error instanceof Error && Object(error).retry === false) return refusal(name, error.message)
    throw error
  }
}

/** Reads files of a zip by name; of files that are no XML the names alone. */
export async function contentsOf(path: string): Promise<Map<string, Buffer>> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false })
  const contents = new Map<string, Buffer>()
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      const isXml = entry.fileName.endsWith('.xml')
      const stream = isXml ? await zip.openReadStreamPromise(entry) : []
      const parts: Buffer[] = []
      for await (const part of stream) parts.push(Buffer.from(part))
      contents.set(entry.fileName, Buffer.concat(parts))
    }
  } finally {
    zip.close()
  }
  return contents
}
