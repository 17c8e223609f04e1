import { approveArticlePublication } from './approve-article-publication.ts'
import { postPerfectPublication } from './post-perfect-publication.ts'
import { publishPerfectArticle } from './publish-perfect-article.ts'

/** All that deciders decide for. */
export const workflows = [publishPerfectArticle, approveArticlePublication, postPerfectPublication]
