import { PermanentFailure } from '@continuum/workflow-core'

/** Thrown when the delivered file is no zip, or one that was cut off or damaged on its way. */
export class NotAZip extends PermanentFailure {}

/** Thrown when an entry's name would leave the package's folder, or cannot be a file's name. Nothing of it is stored. */
export class UnsafeEntryName extends PermanentFailure {}

/** Thrown when a package unpacks to more than any article has: the sign of a zip bomb. */
export class PackageTooLarge extends PermanentFailure {}

/** Thrown when an entry cannot be unpacked: it is encrypted, or of a method that is not deflate. */
export class UnreadableEntry extends PermanentFailure {}

/** Thrown when two files of a package would be stored under one name. */
export class SameName extends PermanentFailure {}

/** Thrown when a package has no XML at its top level. */
export class NoArticleXml extends PermanentFailure {}
