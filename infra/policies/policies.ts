import { accessLogs } from './access-logs.ts'
import { confinement } from './confinement.ts'
import { databases } from './databases.ts'
import { deadLetters } from './dead-letters.ts'
import { deputies } from './deputies.ts'
import { discovery } from './discovery.ts'
import { encryption } from './encryption.ts'
import { endpoints } from './endpoints.ts'
import { firewalls } from './firewalls.ts'
import { guardedOrigins } from './guarded-origins.ts'
import { logExpiry } from './log-expiry.ts'
import { logRetention } from './log-retention.ts'
import { logWriters } from './log-writers.ts'
import { openPorts } from './open-ports.ts'
import { permissions } from './permissions.ts'
import type { Policy } from './policy.ts'
import { publicBuckets } from './public-buckets.ts'
import { replication } from './replication.ts'
import { singleSettings } from './single-settings.ts'
import { tagging } from './tagging.ts'
import { transport } from './transport.ts'

/** The policies that every environment complies with. */
export const policies: readonly Policy[] = [
  publicBuckets,
  encryption,
  permissions,
  deadLetters,
  logRetention,
  accessLogs,
  logExpiry,
  logWriters,
  firewalls,
  guardedOrigins,
  openPorts,
  databases,
  replication,
  discovery,
  singleSettings,
  tagging,
  transport,
  endpoints,
  deputies,
  confinement,
]
