import { confinement } from './confinement.ts'
import { databases } from './databases.ts'
import { deadLetters } from './dead-letters.ts'
import { deputies } from './deputies.ts'
import { encryption } from './encryption.ts'
import { endpoints } from './endpoints.ts'
import { logRetention } from './log-retention.ts'
import { openPorts } from './open-ports.ts'
import { permissions } from './permissions.ts'
import type { Policy } from './policy.ts'
import { publicBuckets } from './public-buckets.ts'
import { tagging } from './tagging.ts'
import { transport } from './transport.ts'

/** The policies that every environment complies with. */
export const policies: readonly Policy[] = [
  publicBuckets,
  encryption,
  permissions,
  deadLetters,
  logRetention,
  openPorts,
  databases,
  tagging,
  transport,
  endpoints,
  deputies,
  confinement,
]
