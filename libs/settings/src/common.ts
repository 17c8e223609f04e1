import type { Duration } from '@continuum/workflow-core'
import { Type } from 'typebox'

/** The address of a service. */
export const address = (description: string) => Type.String({ pattern: '^https?://[^/]+(/.*)?[^/]$', description })

export const Host = Type.String({
  pattern: '^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$',
  description: 'a host name or an IP address',
})

export const MailAddress = Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$', description: 'an e-mail address' })

/** The heartbeat timeout of a decider's activities. */
export const Heartbeat = {
  HEARTBEAT: Type.Optional(
    Type.Unsafe<Duration>(
      Type.String({
        pattern: '^[1-9]\\d{0,5}[smh]$',
        description: 'how long a worker may send no heartbeat before it counts as dead, such as 10s; 1m by default',
      }),
    ),
  ),
}

/** The setting of a second secret that a service accepts, beside the one that the others send. */
export const SecondSecret = (of: string) =>
  Type.Optional(
    Type.String({
      pattern: '^\\S{16,}$',
      description: `a second value of ${of} that is accepted: while it is rotated the one before or the next, which nobody sends`,
    }),
  )
