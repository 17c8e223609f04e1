/** Says by `retry` that reading the same package again cannot help, and by its name which subclass it is. */
class PackageFailure extends Error {
  readonly retry = false
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/** Thrown when the delivered file is not a zip, or one that was truncated or damaged on its way. */
export class NotAZipFailure extends PackageFailure {}

/** Thrown when an entry's name would leave the package's folder, or cannot be a file name. Nothing of the package is stored. */
export class UnsafeEntryNameFailure extends PackageFailure {}

/** Thrown when a package unpacks to more than any article has: the sign of a zip bomb. */
export class PackageTooLargeFailure extends PackageFailure {}

/** Thrown when an entry cannot be unpacked: it is encrypted, or compressed with a method other than deflate. */
export class UnreadableEntryFailure extends PackageFailure {}

/** Thrown when two files of a package would be stored under one name. */
export class DuplicateNameFailure extends PackageFailure {}

/** Thrown when a package cannot be published as it is; the message lists everything that is wrong with it. */
export class UnfitPackageFailure extends PackageFailure {}

/** Thrown when a package has no XML at its top level. */
export class NoArticleXmlFailure extends PackageFailure {}
