import { HttpSettings } from '@continuum/service'
import { Type, type Static } from 'typebox'

const address = (description: string) => Type.String({ pattern: '^https?://[^/]+(/.*)?[^/]$', description })

/** The settings of the public front of the API; the keys are environment variables. */
export const ApiSettings = Type.Object({
  ...HttpSettings,
  LAX_URL: address('the address of the article store, without a slash at the end'),
  METRICS_URL: address('the address of the usage counter, without a slash at the end'),
  REQUESTS_A_MINUTE: Type.Integer({
    default: 600,
    minimum: 1,
    description: 'the requests of one address in a minute; further ones are answered with 429',
  }),
})
export type ApiSettings = Static<typeof ApiSettings>
