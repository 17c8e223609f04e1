import { parseAssetName } from '@continuum/article'

/**
 * Tells whether a file on the CDN belongs to a version of its article: `elife-00353-fig1-v1-600w.jpg` belongs to
 * version 1. All versions are side by side there; a file that names no version, such as a video, belongs to none.
 */
export function isOfVersion(fileName: string, version: number): boolean {
  const { stem, version: own } = parseAssetName(fileName)
  const named = own ?? /-v(\d+)(?:-\d+w|-download)$/.exec(stem)?.[1]
  return named !== undefined && Number(named) === version
}
