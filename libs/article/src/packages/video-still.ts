import { mediaClass } from '../naming/file-kind.ts'
import { parseAssetName } from '../naming/asset-name.ts'

/** Tells whether a file is an image beside a video of the same name. */
export function isStillOf(file: string, files: readonly string[]): boolean {
  const { stem, extension } = parseAssetName(file)
  const isVideoOfIt = (other: string) => {
    const asset = parseAssetName(other)
    return asset.stem === stem && mediaClass(asset.extension) === 'video'
  }
  return mediaClass(extension) === 'image' && files.some(isVideoOfIt)
}
