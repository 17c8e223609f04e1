import { approveArticlePublication } from './approve-article-publication.ts'
import { holdForEmbargo } from './hold-for-embargo.ts'
import { dismissArticleRun } from './dismiss-article-run.ts'
import { postPerfectPublication, postPerfectPublication1 } from './post-perfect-publication.ts'
import {
  publishPerfectArticle,
  publishPerfectArticle1,
  publishPerfectArticle2,
  publishPerfectArticle3,
} from './publish-perfect-article.ts'
import { reinstateArticle, withdrawArticle } from './withdraw-article.ts'

/** All workflows that deciders know, with their earlier versions. */
export const workflows = [
  publishPerfectArticle,
  publishPerfectArticle3,
  publishPerfectArticle2,
  publishPerfectArticle1,
  approveArticlePublication,
  holdForEmbargo,
  postPerfectPublication,
  postPerfectPublication1,
  dismissArticleRun,
  withdrawArticle,
  reinstateArticle,
]
