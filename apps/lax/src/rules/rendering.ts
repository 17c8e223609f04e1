import { readArticleId, type Journal } from '@continuum/article'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { checkShape, type ArticleEssentials } from './article-check.ts'
import { isJsonObject, keepKeys, type Json } from './json.ts'
import { RuleViolationError } from './rule-violation.ts'

/** Article JSON as it is stored: the JSON texts that replies are composed of. */
export interface Rendering extends ArticleEssentials {
  readonly body: string
  readonly snippet: string
  readonly history: string
  readonly related: readonly string[]
  readonly relatedExternal: string
  readonly relatedPreprints: string
}

const Relations = Type.Object({
  '-related-articles-internal': Type.Optional(
    Type.Array(Type.Union([Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' }), Type.Integer()])),
  ),
  '-related-articles-external': Type.Optional(Type.Array(Type.Object({}))),
  '-related-articles-reviewed-preprints': Type.Optional(Type.Array(Type.Object({}))),
})

/** The keys that the store sets itself, whatever the article JSON says. */
const added = new Set(['stage', 'published', 'versionDate', 'statusDate'])

const inSnippet = new Set(
  `copyright doi elocationId id impactStatement pdf researchOrganisms status subjects title titlePrefix type version
   volume authorLine elifeAssessment figuresPdf image`.split(/\s+/),
)

/**
 * Checks article JSON and returns what is stored of it. Keys that begin with `-` are for the store and are never served; other
 * unknown keys are kept.
 *
 * @throws RuleViolationError invalid-article-json
 */
export function renderArticle(article: Json, journal: Journal, journals: readonly Journal[]): Rendering {
  const checked = checkShape(article, journal)
  const relations: unknown = article
  if (!Value.Check(Relations, relations)) {
    throw new RuleViolationError(
      'invalid-article-json',
      'related articles must be lists: of article numbers, of citations',
    )
  }
  return {
    ...checked,
    body: JSON.stringify(keepKeys(article, (key) => !key.startsWith('-') && !added.has(key))),
    snippet: JSON.stringify(keepKeys(article, (key) => inSnippet.has(key))),
    history: JSON.stringify(article['-history'] ?? {}),
    related: (relations['-related-articles-internal'] ?? []).map(
      (id) => readArticleId(String(id), journals) ?? String(id),
    ),
    relatedExternal: JSON.stringify(relations['-related-articles-external'] ?? []),
    relatedPreprints: JSON.stringify(relations['-related-articles-reviewed-preprints'] ?? []),
  }
}

/** Returns the article JSON that a rendering was made of, except for what the store sets itself. */
export function sourceOf(
  stored: Pick<Rendering, 'body' | 'history' | 'related' | 'relatedExternal' | 'relatedPreprints'>,
): Json {
  const body: unknown = JSON.parse(stored.body)
  return {
    ...(isJsonObject(body) ? body : {}),
    '-history': JSON.parse(stored.history),
    '-related-articles-internal': stored.related,
    '-related-articles-external': JSON.parse(stored.relatedExternal),
    '-related-articles-reviewed-preprints': JSON.parse(stored.relatedPreprints),
  }
}
