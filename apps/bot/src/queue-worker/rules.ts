import type { Names } from '@continuum/aws-resources'

/** Which workflow an object starts by appearing. Both patterns must match as a whole. */
export interface DeliveryRule {
  readonly bucket: RegExp
  readonly key: RegExp
  readonly workflow: string
}

/** The rules of an environment; the first that matches counts. */
export function deliveryRules({ buckets }: Names): readonly DeliveryRule[] {
  return [
    { bucket: whole(RegExp.escape(buckets.production)), key: whole('.*\\.zip'), workflow: 'PublishPerfectArticle' },
  ]
}

/** The workflow that the first matching rule names. */
export function workflowFor(rules: readonly DeliveryRule[], bucket: string, key: string): string | undefined {
  return rules.find((rule) => rule.bucket.test(bucket) && rule.key.test(key))?.workflow
}

/** In any case: a name in the wrong one is refused by the names' grammar, which says why. */
function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'is')
}
