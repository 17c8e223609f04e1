/** Returns the path of a page about an article. */
export function articlePath(id: string, version?: number, run?: string): string {
  const parts = [id, version, run].filter((part) => part !== undefined)
  return `/article/${parts.map((part) => encodeURIComponent(part)).join('/')}`
}

/** A reference to a run in forms and addresses. */
export interface RunRef {
  id: string
  version: number
  run: string
}

/** Formats a reference as `<article>/<version>/<run>`. */
export function runRefText({ id, version, run }: RunRef): string {
  return [id, version, run].map((part) => encodeURIComponent(part)).join('/')
}

/** Parses the reference in a form or address; undefined if it is malformed. */
export function readRunRef(text: string): RunRef | undefined {
  const [id, version, run, ...rest] = text.split('/')
  if (!id || !run || rest.length > 0 || !/^\d{1,9}$/.test(version ?? '')) return undefined
  try {
    return { id: decodeURIComponent(id), version: Number(version), run: decodeURIComponent(run) }
  } catch {
    return undefined
  }
}

/** Returns the path that redirects to the preview on the site, with a link signed on demand. */
export function previewPath(id: string, version: number): string {
  return `${articlePath(id, version)}/preview`
}

/** Returns the path of what a run changes for readers. */
export function changesPath({ id, version, run }: RunRef): string {
  return `${articlePath(id, version, run)}/changes`
}

/** Returns the path of an image of a run. */
export function imagePath({ id, version, run }: RunRef, file: string): string {
  return `${articlePath(id, version, run)}/image?${new URLSearchParams({ file }).toString()}`
}

/** Returns the path of an image of an article as it is public. */
export function publicImagePath(id: string, file: string): string {
  return `${articlePath(id)}/public-image?${new URLSearchParams({ file }).toString()}`
}

/** Returns the path of the executions of a run. */
export function runExecutionsPath(article: string, run: string): string {
  return `/executions?${new URLSearchParams({ article, run }).toString()}`
}

/** Returns the URL of a published version, or of its preview, on the site. */
export function sitePath(siteUrl: string, id: string, version: number): string {
  return `${siteUrl}/articles/${encodeURIComponent(id)}v${version}`
}
