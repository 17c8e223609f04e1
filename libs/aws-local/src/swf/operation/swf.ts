import type { ServerContext } from '../../shared/context.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import { openDomains, type Domain, type Domains } from '../store/domains.ts'
import { openExecutions, type Executions } from '../store/executions.ts'
import { openHistories, type Histories } from '../store/histories.ts'
import { openTimes } from '../store/times.ts'
import { openActivityTypes, openWorkflowTypes } from '../store/types.ts'
import { unknownDomain } from '../wire/errors.ts'

/** The state that operations work on, in one region. */
export interface Swf {
  readonly context: ServerContext
  readonly domains: Domains
  readonly workflowTypes: ReturnType<typeof openWorkflowTypes>
  readonly activityTypes: ReturnType<typeof openActivityTypes>
  readonly executions: Executions
  readonly histories: Histories
  readonly engine: Engine
}

/** Opens SWF on the store and resumes open executions. */
export function openSwf(context: ServerContext): Swf {
  const { db, region } = context
  const executions = openExecutions(db, region)
  const histories = openHistories(db)
  return {
    context,
    domains: openDomains(db, region),
    workflowTypes: openWorkflowTypes(db, region),
    activityTypes: openActivityTypes(db, region),
    executions,
    histories,
    engine: createEngine(context, executions, histories, openTimes(db, region)),
  }
}

/** The time of a domain, in milliseconds. */
export const nowIn = ({ engine }: Swf, domain: string): number => engine.times.now(domain)

/**
 * The domain with this name.
 * @throws {SwfError} UnknownResourceFault
 */
export function domainNamed({ domains }: Swf, name: string): Domain {
  const domain = domains.find(name)
  if (domain === undefined) throw unknownDomain(name)
  return domain
}
