import { Type } from 'typebox'
import { Value } from 'typebox/value'

/** The article that an execution is about, with version and run as far as they are known. */
export interface Subject {
  readonly article: string
  readonly version?: number
  readonly run?: string
}

/** The ids of executions begin so, and go on with the article: `article-00353`, `embargo-00353.1.<run>`. */
const ofArticle = /^(?:article|embargo|post-publication|dismissal|deposits)-([^.]+)/
/** An execution of one deposit, as publications of earlier versions of Continuum have, has the article as a tag. */
const ofDeposit = /^deposit-/

const Named = Type.Object({
  articleId: Type.Optional(Type.String()),
  article_id: Type.Optional(Type.String()),
  version: Type.Optional(Type.Union([Type.String(), Type.Integer()])),
  run: Type.Optional(Type.String()),
})

/**
 * Tells which article an execution is about; undefined for one of no article.
 *
 * @param inputs inputs of the execution and its steps as JSON; the last that names version and run counts
 */
export function subjectOf(
  { workflowId, tags }: { readonly workflowId: string; readonly tags: readonly string[] },
  inputs: readonly (string | undefined)[] = [],
): Subject | undefined {
  const article = ofArticle.exec(workflowId)?.[1] ?? (ofDeposit.test(workflowId) ? tags[0] : undefined)
  if (article === undefined) return undefined
  const named = inputs.map(readNamed).filter((each) => (each?.article_id ?? each?.articleId) === article)
  const run = named.findLast((each) => each?.run !== undefined)?.run
  const version = named.findLast((each) => each?.version !== undefined && Number(each.version) > 0)?.version
  return {
    article,
    ...(run !== undefined && { run }),
    ...(version !== undefined && { version: Number(version) }),
  }
}

function readNamed(text: string | undefined) {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return Value.Check(Named, value) ? value : undefined
  } catch {
    return undefined
  }
}
