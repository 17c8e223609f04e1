import { api } from '@continuum/api'
import { decider, queueWorker, worker, workflowStarter } from '@continuum/bot'
import { dashboard } from '@continuum/dashboard'
import { deposits } from '@continuum/deposits'
import { journal } from '@continuum/journal'
import { lax } from '@continuum/lax'
import { laxAdaptor } from '@continuum/lax/adaptor'
import { metrics } from '@continuum/metrics'

/** Every service that may share a process with others. What a service needs is loaded when it starts. */
export const services = [
  lax,
  laxAdaptor,
  journal,
  api,
  dashboard,
  metrics,
  deposits,
  decider,
  worker,
  queueWorker,
  workflowStarter,
] as const
