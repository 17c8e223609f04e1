import type { Environment } from '@continuum/environments'
import { databaseGraphs, entranceGraphs, queueGraphs, taskGraphs, workflowGraphs } from './graphs.ts'

/** What there is to be seen, by the names that CloudWatch knows. */
export interface Seen {
  /** ARNs, in the order in which they are shown. */
  alarms: string[]
  queues: string[]
  deadLetters: string[]
  /** The SWF domain. */
  domain: string
  /** The end of its ARN. */
  loadBalancer: string
  cluster: string
  services: string[]
  database?: string | undefined
}

const wide = 24
const half = 12
const alarmsHeight = 4
const graphHeight = 6

/**
 * The CloudWatch dashboard of an environment, in CloudWatch's own notation: the alarms on top, then what arrives, what is being
 * done, what runs, what is answered, and the database.
 */
export function overviewBody(environment: Environment, seen: Seen) {
  const { region, name } = environment
  const graphs = [
    ...queueGraphs(seen),
    ...workflowGraphs(environment, seen),
    ...taskGraphs(seen),
    ...entranceGraphs(seen),
    ...databaseGraphs(environment, seen),
  ]
  const alarms = { title: `Alarms of ${name}`, alarms: seen.alarms }
  return {
    widgets: [
      { type: 'alarm', x: 0, y: 0, width: wide, height: alarmsHeight, properties: alarms },
      ...graphs.map(({ title, metrics }, index) => ({
        type: 'metric',
        x: (index % 2) * half,
        y: alarmsHeight + Math.floor(index / 2) * graphHeight,
        width: half,
        height: graphHeight,
        properties: { title, region, view: 'timeSeries', period: 300, metrics },
      })),
    ],
  }
}
