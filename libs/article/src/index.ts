export { JournalSettings, JournalsSetting, type ImageFormat } from './journal/settings.ts'
export {
  journalProblems,
  journalsOf,
  JournalSettingsError,
  journalWithDefaults,
  standardPackageName,
} from './journal/complete.ts'
export {
  articleIdOf,
  articleIdOfDoi,
  articleOfDoi,
  isArticleId,
  parseArticleId,
  readArticleId,
  type ArticleAddress,
} from './journal/article-id.ts'
export {
  articleVersionId,
  canonicalId,
  doiOf,
  volumeOfYear,
  type ArticleStatus,
  type DatePrecision,
  type Journal,
} from './journal/journal.ts'
export {
  archiveName,
  formatPackageName,
  parsePackageName,
  UnknownPackageName,
  type PackageName,
} from './packages/package-name.ts'
export {
  articleFileName,
  formatAssetName,
  isVideoName,
  parseAssetName,
  versionedFileName,
  type AssetName,
} from './naming/asset-name.ts'
export { classifyFile, imageFormatOf, isConvertible, type FileKind } from './naming/file-kind.ts'
export { mecaManifestName, readMecaManifest, type MecaFile } from './packages/meca.ts'
export { articleXmlName, findArticleXml, type PackageFiles } from './packages/article-xml.ts'
export { planPackage, type PackagePlan, type PlannedFile } from './packages/package-plan.ts'
export { imageDerivatives, type Derivative, type Size } from './naming/derivatives.ts'
export { cdnKey, contentDisposition, downloadName } from './naming/cdn-name.ts'
export { parseArticleXml, type ArticleXml } from './jats/reading/parse.ts'
export { EmptyXml, ForbiddenEntity, IncompleteArticle, MalformedXml, XmlTooLarge } from './jats/errors.ts'
export {
  articleStatusOf,
  describeArticle,
  type ArticleDescription,
  type ArticleSurroundings,
} from './description/describe.ts'
export { fileNamedBy, namedAssets, type NamedAsset } from './jats/assets.ts'
export { displayName, type Contributor } from './jats/contributors.ts'
export { checkPackage, type Finding, type PackageContents, type PackageReport } from './packages/check-package.ts'
export { rewriteHrefs } from './packages/rewrite-hrefs.ts'
export { articlePath, toEif, type EifVersion } from './eif/to-eif.ts'
export { type Eif } from './eif/eif.ts'
export { toArticleJson, type ArticleJson, type ArticleJsonVersion } from './article-json/to-article-json.ts'
export { UnmeasuredImages } from './article-json/errors.ts'
export { type Article, type Snippet } from './article-json/article.ts'
export { type Block, type Section, type Paragraph, type FigureBlock, type Appendix } from './article-json/blocks.ts'
export { type Author } from './article-json/people/authors.ts'
export { type Reviewer } from './article-json/people/reviewers.ts'
export { type Reference } from './article-json/references/reference.ts'
export { asShown } from './schema/submitted.ts'
export {
  publicApiVersionsOf,
  validateArticleJson,
  validatePublicArticleJson,
  type PublicApiVersion,
} from './schema/validate.ts'
export { type SchemaProblem } from './schema/problems.ts'
export { deadTargets } from './loss/links.ts'
export { accountFor, accountForPage, type LossReport } from './loss/report.ts'
export { lossKinds, type LossKind } from './journal/loss-kinds.ts'
export { graveKinds, lossWords } from './loss/kinds.ts'
export { type Loss } from './loss/loss.ts'
