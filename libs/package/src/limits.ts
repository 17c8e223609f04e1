/** The limits of a package: above any article that was ever published, and within the capacity of one worker. */
export interface PackageLimits {
  readonly files: number
  /** Bytes of one file, unpacked; S3 takes no more in one PUT. */
  readonly fileBytes: number
  /** Bytes of all files, unpacked. */
  readonly totalBytes: number
  /** Unpacked bytes for each packed byte. */
  readonly ratio: number
  /** Bytes of an XML file, which is read as a whole. */
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
