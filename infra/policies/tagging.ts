import { tagsOf } from '@continuum/aws-resources'
import { parsed, type Policy } from './policy.ts'

const wanted = Object.keys(tagsOf(''))

/** The bill, and whoever finds a thing in the account, must be able to tell whose it is. */
export const tagging: Policy = {
  name: 'tagged',
  description: `Everything in AWS has the tags ${wanted.join(' and ')}, its own or those that its provider gives.`,
  alone({ type, props, provider }) {
    if (!type.startsWith('aws:')) return []
    const tags: Record<string, unknown> = { ...Object(defaults(provider)), ...Object(props['tags']) }
    const missing = wanted.filter((tag) => typeof tags[tag] !== 'string' || tags[tag] === '')
    return missing.length > 0
      ? [`lacks the tags ${missing.join(', ')}: make it with the environment's provider, which gives them`]
      : []
  },
}

/** Pulumi hands the settings of a provider on as JSON texts. */
const defaults = (provider: Readonly<Record<string, unknown>> | undefined) => parsed(provider?.['defaultTags'])['tags']
