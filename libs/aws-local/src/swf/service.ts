import type { Ground } from '../ground.ts'
import { createEngine, type Engine } from './engine/engine.ts'
import { openDomains, type Domain, type Domains } from './store/domains.ts'
import { openExecutions, type Executions } from './store/executions.ts'
import { openHistories, type Histories } from './store/histories.ts'
import { createTables } from './store/schema.ts'
import { openActivityTypes, openWorkflowTypes } from './store/types.ts'
import { unknownDomain } from './faults.ts'

/** All that the operations of SWF work on. */
export interface Swf {
  readonly ground: Ground
  readonly domains: Domains
  readonly workflowTypes: ReturnType<typeof openWorkflowTypes>
  readonly activityTypes: ReturnType<typeof openActivityTypes>
  readonly executions: Executions
  readonly histories: Histories
  readonly engine: Engine
}

/** Opens what the store holds; executions that were open go on. */
export function openSwf(ground: Ground): Swf {
  const { db } = ground
  createTables(db)
  const executions = openExecutions(db)
  const histories = openHistories(db)
  return {
    ground,
    domains: openDomains(db),
    workflowTypes: openWorkflowTypes(db),
    activityTypes: openActivityTypes(db),
    executions,
    histories,
    engine: createEngine(ground, executions, histories),
  }
}

/** @throws {SwfFault} UnknownResourceFault */
export function domainNamed({ domains }: Swf, name: string): Domain {
  const domain = domains.find(name)
  if (domain === undefined) throw unknownDomain(name)
  return domain
}
