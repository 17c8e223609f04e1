import { accessLogs } from './logs/access-logs.ts'
import { confinement } from './access/confinement.ts'
import { databases } from './access/databases.ts'
import { deadLetters } from './dead-letters.ts'
import { deputies } from './access/deputies.ts'
import { discovery } from './discovery.ts'
import { encryption } from './encryption.ts'
import { endpoints } from './access/endpoints.ts'
import { firewalls } from './access/firewalls.ts'
import { guardedOrigins } from './access/guarded-origins.ts'
import { logExpiry } from './logs/log-expiry.ts'
import { logRetention } from './logs/log-retention.ts'
import { logWriters } from './logs/log-writers.ts'
import { openPorts } from './access/open-ports.ts'
import { permissions } from './access/permissions.ts'
import type { Policy } from './model/policy.ts'
import { publicBuckets } from './access/public-buckets.ts'
import { replication } from './replication.ts'
import { singleSettings } from './single-settings.ts'
import { tagging } from './tagging.ts'
import { transport } from './access/transport.ts'

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
