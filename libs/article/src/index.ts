export {
  articleIdOfDoi,
  articleVersionId,
  canonicalId,
  doiOf,
  volumeOfYear,
  type ArticleStatus,
  type Journal,
} from './journal.ts'
export {
  archiveName,
  formatPackageName,
  parsePackageName,
  UnknownPackageName,
  type PackageName,
} from './packageName.ts'
export {
  articleFileName,
  formatAssetName,
  isVideoName,
  parseAssetName,
  versionedFileName,
  type AssetName,
} from './assetName.ts'
export { classifyFile, isConvertible, type FileKind } from './fileKind.ts'
export { imageDerivatives, type Derivative, type Size } from './derivatives.ts'
export { cdnKey, contentDisposition, downloadName } from './cdnName.ts'
