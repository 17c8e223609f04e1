import { readArticleId, type Journal } from '@continuum/article'
import type { Use } from './uses.ts'

/** A use of an article, as an address shows it. A page is `full` or `abstract` by the status of the article, which no address says. */
export interface AddressedUse {
  article: string
  version?: number
  use: Exclude<Use, 'full' | 'abstract'> | 'page'
}

/**
 * Reads which article a path is about, and as what it is used: pages and files of the site, the first website's pages, and
 * the files of the CDN, `/<id>/<file>`. Pictures, styles and lists are no use.
 *
 * @param path without host and query
 */
export function useOfPath(path: string, journals: readonly Journal[]): AddressedUse | undefined {
  const page = /^\/articles\/([^/]+?)(?:\.(pdf|xml|bib|ris|json))?$/.exec(path)
  if (page) return named(page[1], page[2] === undefined ? 'page' : useOfExtension[page[2]], journals)
  const former =
    /^\/content\/(?:early\/\d{4}\/\d\d\/\d\d\/eLife\.(\d+)|[^/]+\/e(\d+(?:v\d+)?)|([a-z]+-[a-z0-9-]+))(?:\/.*)?$/i.exec(
      path,
    )
  if (former) return named(former[1] ?? former[2] ?? former[3], 'page', journals)
  const file = /^\/([a-z0-9-]+)\/([^/]+)$/.exec(path)
  return file ? named(file[1], useOfFile(file[2] ?? ''), journals) : undefined
}

const useOfExtension: Record<string, AddressedUse['use']> = {
  pdf: 'pdf',
  xml: 'xml',
  bib: 'citation',
  ris: 'citation',
  json: 'citation',
}

/** Reads the use of a file of the CDN by its name: `elife-00353-figures-v1.pdf`, `elife-00353-supp1-v1.pdf`. */
function useOfFile(name: string): AddressedUse['use'] | undefined {
  const plain = name.replace(/-download(?=\.\w+$)/, '')
  if (/-figures(?:-v\d+)?\.pdf$/i.test(plain)) return 'figures'
  if (/-(?:supp|data|code|mdar|repstand|reporting)[a-z]*\d*(?:-|\.)/i.test(plain)) return 'supplement'
  if (/\.xml$/i.test(plain)) return 'xml'
  return /\.pdf$/i.test(plain) ? 'pdf' : undefined
}

function named(
  name: string | undefined,
  use: AddressedUse['use'] | undefined,
  journals: readonly Journal[],
): AddressedUse | undefined {
  const [, id, version] = /^(.+?)(?<!-)(?:v([1-9]\d{0,5}))?$/.exec(name?.toLowerCase() ?? '') ?? []
  const article = id === undefined ? undefined : readArticleId(id, journals)
  if (article === undefined || use === undefined) return undefined
  return { article, use, ...(version !== undefined && { version: Number(version) }) }
}
