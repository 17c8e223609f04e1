import type { Article } from '../article-json/article.ts'
import type { Block } from '../article-json/blocks.ts'
import { toArticleJson } from '../article-json/to-article-json.ts'
import { parseArticleXml } from '../jats/reading/parse.ts'
import { validateArticleJson } from '../schema/validate.ts'
import { articleWith } from './article-with.ts'
import { continuum } from './journals.ts'

const sizes = {
  'continuum-00007-fig1-v1.tif': { width: 800, height: 600 },
  'continuum-00007-fig2-v1.tif': { width: 400, height: 300 },
  'continuum-00007-fig3-v1.svg': { width: 600, height: 300 },
  'continuum-00007-inf1-v1.tif': { width: 20, height: 10 },
}

/** The sample article with other insides, as article JSON, which is valid by our schema. */
export function converted(parts: Parameters<typeof articleWith>[0]): Article {
  const about = { journal: continuum, version: 1, cdnUrl: 'https://cdn.example.org', sizes, files: [] }
  const { article } = toArticleJson(parseArticleXml(articleWith(parts)), about)
  const problems = validateArticleJson(article)
  if (problems.length > 0) throw new Error(`Not valid by our schema: ${JSON.stringify(problems)}`)
  return article
}

/** The blocks of a body that has no sections. */
export function blocksOfBody(body: string): readonly Block[] {
  return converted({ body }).body?.[0]?.content ?? []
}

/** The article's image of that name, as it is served. */
export function imageNamed(name: string): string {
  return `https://cdn.example.org/00007/continuum-00007-${name}-v1.jpg`
}
