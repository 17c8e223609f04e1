export {
  articleIdOfDoi,
  articleVersionId,
  canonicalId,
  doiOf,
  Journal,
  JournalsSetting,
  volumeOfYear,
  type ArticleStatus,
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
export { parseArticleXml, type ArticleXml } from './jats/parse.ts'
export { ForbiddenEntity, IncompleteArticle, MalformedXml, XmlTooLarge } from './jats/errors.ts'
export { describeArticle, type ArticleDescription } from './describe.ts'
export { type NamedAsset } from './jats/assets.ts'
export { displayName, type Contributor } from './jats/contributors.ts'
export { checkPackage, findArticleXml, type Finding, type PackageContents, type PackageReport } from './checkPackage.ts'
export { rewriteHrefs } from './rewriteHrefs.ts'
export { articlePath, toEif, type EifVersion } from './eif/toEif.ts'
export { type Eif } from './eif/eif.ts'
export { toArticleJson, type ArticleJson, type ArticleJsonVersion } from './articleJson/toArticleJson.ts'
export { UnmeasuredImages } from './articleJson/errors.ts'
export { type Article, type Snippet } from './articleJson/article.ts'
export { type Block, type Section, type Paragraph, type FigureBlock, type Appendix } from './articleJson/blocks.ts'
export { type Author, type Reviewer } from './articleJson/authors.ts'
export { type Reference } from './articleJson/references/reference.ts'
