import { parsePackageName } from '@continuum/article'
import type { Implementation } from '@continuum/workflow-core'
import { versionLookup } from '../../../activities/arrival.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Takes the version from the package's name, or else asks lax for the next one. */
export function implementVersionLookup({ journals, lax, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, versionLookup, async ({ articleId, fileName }, { signal, property }) => {
    property('article-id', articleId, 0)
    const name = parsePackageName(fileName, journals)
    const version = name.version ?? (await lax.nextVersion(articleId, signal))
    property('publication-status', 'publication in progress', version)
    const message =
      name.version === undefined
        ? `This is version ${version}${version === 1 ? ', the first' : ''}.`
        : `This is version ${version} again, as the package's name says.`
    return { output: { version }, message, version }
  })
}
