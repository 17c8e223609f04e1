import { publicApiVersionsOf } from '@continuum/article'

/** Returns the versions of the public API's media type by which stored article JSON is valid. */
export function publicApiOf(article: Buffer): readonly number[] {
  return publicApiVersionsOf(JSON.parse(article.toString())).map(({ version }) => version)
}
