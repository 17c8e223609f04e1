/** What a package may be, at most. Beyond any article that was ever published, and within what one worker can carry. */
export interface PackageLimits {
  readonly files: number
  /** Bytes of one file, unpacked; S3 takes no more in one piece. */
  readonly fileBytes: number
  /** Bytes of all files, unpacked. */
  readonly totalBytes: number
  /** How many times its own size a package may unpack to. */
  readonly ratio: number
  /** Bytes of an XML file: it is read as a whole. */
  readonly xmlBytes: number
}

const mebi = 1024 ** 2

export const packageLimits: PackageLimits = {
  files: 5_000,
  fileBytes: 5_000 * mebi,
  totalBytes: 20_000 * mebi,
  ratio: 100,
  xmlBytes: 32 * mebi,
}
