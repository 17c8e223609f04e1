import type { Files } from '../markup/sanitise.ts'

/** Where the files of published articles are: on the CDN, as article JSON says. The page loads nothing from elsewhere. */
export function publishedFiles(cdnUrl: string): Files {
  return {
    link: (uri) => (/^https?:\/\//i.test(uri) ? uri : undefined),
    load: (uri) => (uri.startsWith(`${cdnUrl}/`) ? uri : undefined),
  }
}

/**
 * Where the files of a version are while it is not published: this site fetches them from where the pipeline keeps them.
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
