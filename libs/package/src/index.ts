export type { ZipFile } from 'yauzl'
export { readArchivedVersion } from './archive/archived-version.ts'
export { archiveManifestName, readArchiveManifest, type ArchiveManifest } from './archive/manifest.ts'
export { markKey, parseMark, RetractionMark, withdrawnPrefix, WithdrawalMark } from './archive/marks.ts'
export { planRebuild, type Archive, type ArchivedMark, type ArchivedObject } from './archive/plan.ts'
export { type PackageContents, type PackedFile } from './contents.ts'
export { readArticleFiles } from './files-in-folders.ts'
export {
  DuplicateNameFailure,
  NoArticleXmlFailure,
  NotAZipFailure,
  PackageTooLargeFailure,
  UnfitPackageFailure,
  UnreadableEntryFailure,
  UnsafeEntryNameFailure,
} from './errors.ts'
export { findingsOf, problemsOf, withAdvice } from './findings.ts'
export { packageLimits, type PackageLimits } from './limits.ts'
export { openPackage } from './open.ts'
export { unpackFile } from './unpack.ts'
export { versionedNames } from './versioned-names.ts'
export { zipOf } from './zip.ts'
export { count, listOf, megabytes } from './wording.ts'
export { imageSize } from './images/decode.ts'
export { NotAnImageError } from './images/not-an-image.ts'
export { deriveImages } from './images/derive.ts'
export { assessPackage, problemMessage, type Assessment, type UnpackedFile, type UnpackedPackage } from './assess.ts'
export { checkPackageFile, isTaken, type CheckedPackage } from './check-file.ts'
export { type Remark, type RemarkedPlace } from './remark.ts'
export { convertXml, type LooseXml, type ReadBeside, type VersionFiles } from './convert-xml.ts'
export { makeSvgSafe, measureImage, readXml } from './unpacked.ts'
