import { readArticleId, type Journal } from '@continuum/article'
import { UserError } from '../errors/user-error.ts'

/** An article, and a version of it where one is named. */
export interface NamedVersion {
  readonly id: string
  readonly version?: number
}

/**
 * Reads `00353`, `353v2` or `ijm-00202v1`.
 *
 * @throws {UserError} that lists every text that names no article
 */
export function readVersions(texts: readonly string[], journals: readonly Journal[]): readonly NamedVersion[] {
  const wrong: string[] = []
  const versions = texts.flatMap((text) => {
    const [, name = '', version] = /^(.+?)(?:v([1-9]\d*))?$/.exec(text) ?? []
    const id = readArticleId(name, journals)
    if (id !== undefined) return [{ id, ...(version !== undefined && { version: Number(version) }) }]
    wrong.push(text)
    return []
  })
  if (wrong.length === 0) return versions
  throw new UserError(
    `These name no article of a journal of this environment:\n${wrong.map((text) => `  ${text}`).join('\n')}\nExpected is an id, with a version or without: 00353, 353v2.`,
  )
}
