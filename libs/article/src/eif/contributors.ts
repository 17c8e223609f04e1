import type { Contributor } from '../jats/contributors.ts'
import type { EifContributor, EifReferenceKind } from './eif.ts'
import { eifAffiliation, type EifReferences } from './references.ts'

const types: Readonly<Record<string, EifContributor['type']>> = {
  author: 'author',
  'author non-byline': 'author non-byline',
  editor: 'editor',
  senior_editor: 'editor',
  reviewer: 'reviewer',
  'on-behalf-of': 'on-behalf-of',
}

/** A contributor as the EIF knows it, or nobody when the EIF has no such contributor. */
export function eifContributor(contributor: Contributor, targets: EifReferences): readonly EifContributor[] {
  const type = types[contributor.type]
  if (!type) return []
  if (type === 'on-behalf-of') return [{ type, 'on-behalf-of': contributor.onBehalfOf }]
  const common = {
    id: contributor.id,
    'group-author-key': contributor.groupKey,
    corresp: contributor.corresponding || undefined,
    affiliations: contributor.affiliations.map(eifAffiliation),
    references: referencesOf(contributor, targets),
  }
  if (contributor.collab !== undefined) return [{ type: 'author', collab: contributor.collab, ...common }]
  if (contributor.surname === undefined) return []
  return [
    {
      type,
      surname: contributor.surname,
      'given-names': contributor.givenNames,
      suffix: contributor.suffix,
      orcid: contributor.orcid && `http://orcid.org/${contributor.orcid}`,
      role: contributor.role,
      deceased: contributor.deceased || undefined,
      'equal-contrib': contributor.equalContribution || undefined,
      ...common,
    },
  ]
}

/** Ids by kind, of those that lead somewhere. */
function referencesOf({ references }: Contributor, targets: EifReferences): { [Kind in EifReferenceKind]?: string[] } {
  const byKind: { [Kind in EifReferenceKind]?: string[] } = {}
  for (const { id } of references) {
    const kind = targets.get(id)?.kind
    if (kind) byKind[kind] = [...(byKind[kind] ?? []), id]
  }
  return byKind
}
