import type { EventOf, EventType } from '../execution/events.ts'
import type { Engine } from './engine.ts'
import { externalConsequences } from './external.ts'
import { familyConsequences } from './family.ts'
import type { Execution } from './open-executions.ts'

/** What an event of one execution brings about in others, and how that comes back to it. */
export type Consequences = { [T in EventType]?: (engine: Engine, execution: Execution, event: EventOf<T>) => void }

export const consequences: Consequences = { ...familyConsequences, ...externalConsequences }
