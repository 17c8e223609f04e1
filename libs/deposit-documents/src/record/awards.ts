import { attributeOf, childrenOf, descendantsOf, textOf, type Element } from '@continuum/article/jats'
import { doiIn } from './doi.ts'
import type { Award } from './record.ts'
import { uniqueBy } from './unique.ts'

/** Awards of the article, each once. A group without a funder's name says nothing that could be deposited. */
export function readAwards(meta: Element | undefined): readonly Award[] {
  const groups = childrenOf(meta, 'funding-group').flatMap((group) => [...descendantsOf(group, ['award-group'])])
  const awards = groups.flatMap((group) => {
    const numbers = childrenOf(group, 'award-id').map(textOf).filter(Boolean)
    return childrenOf(group, 'funding-source').flatMap((source) => {
      const ids = [...descendantsOf(source, ['institution-id'])]
      const names = [...descendantsOf(source, ['institution'])]
      const name = names.length > 0 ? textOf(names[0]) : nameBeside(source, ids)
      return name === '' ? [] : [{ funder: name, funderDoi: funderDoi(ids), ror: rorOf(ids), numbers }]
    })
  })
  return uniqueBy(awards, (award) => JSON.stringify(award))
}

/** The text of a source without the identifiers in it. */
function nameBeside(source: Element, ids: readonly Element[]): string {
  return ids.reduce((text, id) => text.replace(textOf(id), ''), textOf(source)).trim()
}

function funderDoi(ids: readonly Element[]): string | undefined {
  const found = ids.map((id) => doiIn(textOf(id))).find((doi) => doi?.startsWith('10.13039/'))
  return found === undefined ? undefined : `https://doi.org/${found}`
}

function rorOf(ids: readonly Element[]): string | undefined {
  const id = ids.find(
    (each) => /ror/i.test(attributeOf(each, 'institution-id-type') ?? '') || /ror\.org/.test(textOf(each)),
  )
  const found = /(0[a-hj-km-np-tv-z\d]{6}\d{2})\s*$/i.exec(textOf(id))?.[1]
  return found === undefined ? undefined : `https://ror.org/${found.toLowerCase()}`
}
