/** The schemas of the public API, by their names: an article's status, and the version of its media type. */
export const publicSchemas = ['article-poa.v3', 'article-poa.v4', 'article-vor.v7', 'article-vor.v8'] as const
export type PublicSchema = (typeof publicSchemas)[number]
export type SchemaName = 'article' | PublicSchema

/** The file of a schema, below `schema/`. */
export function fileOf(name: SchemaName): string {
  return name === 'article' ? 'article.json' : `public-api/${name}.json`
}
