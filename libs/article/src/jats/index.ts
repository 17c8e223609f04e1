/** JATS as plain values, for those who make other documents of it than article JSON. */
export { affiliationsIn, formsOf, readAffiliation, type Affiliation } from './affiliations.ts'
export { metaOf } from './article-parts.ts'
export { displayName, isAuthor, readContributors, type Contributor } from './contributors.ts'
export { articleDates, preprints } from './dates.ts'
export { repeatsDoi } from './doi-paragraph.ts'
export { MalformedXml } from './errors.ts'
export { bestForms } from './formulas/formula.ts'
export { articleLicence } from './licence.ts'
export { parseArticleXml, parseXml, type ArticleXml } from './reading/parse.ts'
export { startTags } from './reading/start-tags.ts'
export { articleCategories, articleTypeOf, keywordElements } from './subjects.ts'
export {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  firstBelow,
  isElement,
  textOf,
  wordsOf,
  type Element,
  type Node,
} from './tree.ts'
