import type { Names } from '@continuum/aws-resources'

/** Maps a new object to the workflow that it starts. Both patterns must match the whole name. */
export interface DeliveryRule {
  readonly bucket: RegExp
  readonly key: RegExp
  readonly workflow: string
}

/** Returns the rules of an environment; the first that matches applies. */
export function deliveryRules({ buckets }: Names): readonly DeliveryRule[] {
  return [
    { bucket: whole(RegExp.escape(buckets.production)), key: whole('.*\\.zip'), workflow: 'PublishPerfectArticle' },
  ]
}

/** Returns the workflow of the first rule that matches. */
export function workflowFor(rules: readonly DeliveryRule[], bucket: string, key: string): string | undefined {
  return rules.find((rule) => rule.bucket.test(bucket) && rule.key.test(key))?.workflow
}

/** Matches in any case: a package name in the wrong case is rejected by the grammar of package names, which says why. */
function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'is')
}
