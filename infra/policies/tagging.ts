import { tagsOf } from '@continuum/aws-resources'
import { parsed, type Policy } from './model/policy.ts'

const wanted = Object.keys(tagsOf(''))

/** Every resource is attributable, on the bill and in the account. */
export const tagging: Policy = {
  name: 'tagged',
  description: `Every resource has the tags ${wanted.join(' and ')}, its own or its provider's.`,
  alone({ type, props, provider }) {
    if (!type.startsWith('aws:')) return []
    const tags: Record<string, unknown> = { ...Object(defaults(provider)), ...Object(props['tags']) }
    const missing = wanted.filter((tag) => typeof tags[tag] !== 'string' || tags[tag] === '')
    return missing.length > 0
      ? [`lacks the tags ${missing.join(', ')}: create it with the environment's provider, which adds them`]
      : []
  },
}

/** Pulumi passes the settings of a provider as JSON text. */
const defaults = (provider: Readonly<Record<string, unknown>> | undefined) => parsed(provider?.['defaultTags'])['tags']
