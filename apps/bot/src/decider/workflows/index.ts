import { approveArticlePublication } from './approve-article-publication.ts'
import { postPerfectPublication, postPerfectPublication1 } from './post-perfect-publication.ts'
import { publishPerfectArticle, publishPerfectArticle1 } from './publish-perfect-article.ts'

/** All workflows that deciders know, with their earlier versions. */
export const workflows = [
  publishPerfectArticle,
  publishPerfectArticle1,
  approveArticlePublication,
  postPerfectPublication,
  postPerfectPublication1,
]
