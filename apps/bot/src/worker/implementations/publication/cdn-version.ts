/**
 * Whether a file on the CDN is of this version of its article: `elife-00353-fig1-v1-600w.jpg` is of version 1. All
 * versions lie side by side there; what names no version, such as a video, is of none.
 */
export function isOfVersion(fileName: string, version: number): boolean {
  const stem = fileName.split('.', 1)[0] ?? ''
  return /-v(\d+)(?:-\d+w|-download)?$/.exec(stem)?.[1] === String(version)
}
