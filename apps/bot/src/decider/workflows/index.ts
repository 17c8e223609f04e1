import { approveArticlePublication } from './approve-article-publication.ts'
import { postPerfectPublication } from './post-perfect-publication.ts'
import { publishPerfectArticle, publishPerfectArticle1 } from './publish-perfect-article.ts'

/** All that deciders decide for. */
export const workflows = [
  publishPerfectArticle,
  publishPerfectArticle1,
  approveArticlePublication,
  postPerfectPublication,
]
