/** Where a page about an article is. */
export function articlePath(id: string, version?: number, run?: string): string {
  const parts = [id, version, run].filter((part) => part !== undefined)
  return `/article/${parts.map((part) => encodeURIComponent(part)).join('/')}`
}

/** One run to be published, as forms and addresses name it. */
export interface RunRef {
  id: string
  version: number
  run: string
}

/** `<article>/<version>/<run>` */
export function runRefText({ id, version, run }: RunRef): string {
  return [id, version, run].map((part) => encodeURIComponent(part)).join('/')
}

/** The ref of a form or address, or undefined where the text is none. */
export function readRunRef(text: string): RunRef | undefined {
  const [id, version, run, ...rest] = text.split('/')
  if (!id || !run || rest.length > 0 || !/^\d{1,9}$/.test(version ?? '')) return undefined
  try {
    return { id: decodeURIComponent(id), version: Number(version), run: decodeURIComponent(run) }
  } catch {
    return undefined
  }
}

/** Leads to the preview on the site, by a link signed when it is followed. */
export function previewPath(id: string, version: number): string {
  return `${articlePath(id, version)}/preview`
}

/** The page of a published version on the site, or of its preview. */
export function sitePath(siteUrl: string, id: string, version: number): string {
  return `${siteUrl}/articles/${encodeURIComponent(id)}v${version}`
}
