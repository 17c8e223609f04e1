import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { filesOfZip } from './zip-files.ts'

/** An article of the material beside the repository; it is not in it, and tests are skipped where it is absent. */
export interface SharedArticle {
  readonly name: string
  readonly xml: Buffer
  /** Files of its package; those of XML alone have none. */
  readonly files: ReadonlyMap<string, Buffer>
}

const shared = new URL('../../../../../shared/', import.meta.url)

/** Real packages, and XML of whole articles. */
export async function sharedArticles(): Promise<readonly SharedArticle[]> {
  const folder = new URL('articles/', shared)
  if (!existsSync(folder)) return []
  const zips = readdirSync(folder).filter((name) => name.endsWith('.zip'))
  return [
    ...(await Promise.all(zips.map((name) => readZip(new URL(name, folder).pathname, name)))),
    ...xmlsIn('articles/xml/'),
  ]
}

/** XML of other publishers. */
export function corpusArticles(): readonly SharedArticle[] {
  return xmlsIn('jats-corpus/')
}

function xmlsIn(path: string): readonly SharedArticle[] {
  const folder = new URL(path, shared)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .map((name) => ({ name, xml: readFileSync(new URL(name, folder)), files: new Map() }))
}

async function readZip(path: string, name: string): Promise<SharedArticle> {
  const files = await filesOfZip(path)
  const xml = [...files].find(([file]) => file.endsWith('.xml'))?.[1]
  if (xml === undefined) throw new Error(`${name} has no XML`)
  return { name, xml, files }
}
