import type { Files } from '../markup/sanitise.ts'

/** Addresses of the files of published articles: the CDN's, as in article JSON. A page loads nothing from elsewhere. */
export function publishedFiles(cdnUrl: string): Files {
  return {
    link: (uri) => (/^https?:\/\//i.test(uri) ? uri : undefined),
    load: (uri) => (uri.startsWith(`${cdnUrl}/`) ? uri : undefined),
  }
}

/**
 * Addresses of the files of a preview: this site's, which fetches them from the bucket of the pipeline.
 *
 * @param path of the version: `/articles/00353v1`
 */
export function previewedFiles(cdnUrl: string, path: string): Files {
  const { link, load } = publishedFiles(cdnUrl)
  const own = (uri: string) => {
    const name = load(uri) && uri.slice(uri.lastIndexOf('/') + 1)
    return name ? `${path}/files/${name}` : undefined
  }
  return { link: (uri) => own(uri) ?? link(uri), load: own }
}
