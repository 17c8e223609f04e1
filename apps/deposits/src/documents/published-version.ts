import type { PublishedVersion as Published } from '@continuum/deposit-documents'
import { firstPublished, type Notice, type PublishedVersion } from '../rules/facts.ts'

/** Describes a version as documents know it. All its dates are lax's: none is ever the day of the deposit. */
export function publishedVersion({
  articleId,
  version,
  versions,
  notice,
}: {
  articleId: string
  version: number
  versions: readonly PublishedVersion[]
  notice?: Notice | undefined
}): Published {
  const its = versions.find((each) => each.version === version)
  const first = firstPublished({ versions: [...versions] }).toString()
  return {
    id: articleId,
    version,
    status: its?.status ?? 'vor',
    published: first,
    versionPublished: its?.published ?? first,
    wasPoa: versions.some((each) => each.version < version && each.status === 'poa'),
    notice,
  }
}
