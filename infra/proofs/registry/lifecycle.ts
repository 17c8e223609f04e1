import { covers } from '../plan/admits.ts'

/** An image of a repository, as far as its lifecycle goes. */
export interface LivingImage {
  readonly digest: string
  readonly tags: readonly string[]
  /** In milliseconds. */
  readonly pushedAt: number
}

interface Rule {
  readonly rulePriority: number
  readonly selection: {
    readonly tagStatus: 'tagged' | 'untagged' | 'any'
    readonly tagPatternList?: readonly string[]
    readonly countType: 'imageCountMoreThan' | 'sinceImagePushed'
    readonly countNumber: number
  }
}

/**
 * The digests of the images that a lifecycle policy deletes, as ECR evaluates it: rules in the order of their priority; an image that
 * the tags of an earlier rule select is never deleted by a later one; a count takes in the images that earlier rules hold.
 *
 * @param policy its JSON text
 */
export function expired(images: readonly LivingImage[], policy: string, now: number): string[] {
  const { rules }: { rules: Rule[] } = JSON.parse(policy)
  const held = new Set<string>()
  const gone = new Set<string>()
  for (const { selection } of rules.toSorted((one, other) => one.rulePriority - other.rulePriority)) {
    const selected = images.filter((image) => selects(selection, image))
    const { countType, countNumber } = selection
    const newestFirst = selected.toSorted((one, other) => other.pushedAt - one.pushedAt)
    const over =
      countType === 'imageCountMoreThan'
        ? newestFirst.slice(countNumber)
        : selected.filter(({ pushedAt }) => now - pushedAt > countNumber * 86_400_000)
    for (const { digest } of over) if (!held.has(digest)) gone.add(digest)
    for (const { digest } of selected) held.add(digest)
  }
  return [...gone]
}

function selects({ tagStatus, tagPatternList = [] }: Rule['selection'], { tags }: LivingImage): boolean {
  if (tagStatus === 'any') return true
  if (tagStatus === 'untagged') return tags.length === 0
  return tags.length > 0 && tagPatternList.every((pattern) => tags.some((tag) => covers(pattern, tag)))
}
