import { Type } from 'typebox'

/** The address of a service. */
export const address = (description: string) => Type.String({ pattern: '^https?://[^/]+(/.*)?[^/]$', description })

/** The settings of a process that serves nothing but its health. */
export const Health = {
  HEALTH_PORT: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 65535,
    description: 'port of /ping and /status; 0 takes any free one',
  }),
}
