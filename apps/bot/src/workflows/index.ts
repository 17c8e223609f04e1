import { approveArticlePublication } from './approveArticlePublication.ts'
import { postPerfectPublication } from './postPerfectPublication.ts'
import { publishPerfectArticle } from './publishPerfectArticle.ts'

/** All that deciders decide for. */
export const workflows = [publishPerfectArticle, approveArticlePublication, postPerfectPublication]
