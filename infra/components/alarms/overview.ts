import type { Environment } from '@continuum/environments'
import {
  databaseGraphs,
  loadBalancerGraphs,
  queueGraphs,
  taskGraphs,
  workflowGraphs,
  type DashboardResources,
} from './graphs.ts'

const wide = 24
const half = 12
const alarmsHeight = 4
const graphHeight = 6

/**
 * The body of an environment's CloudWatch dashboard: alarms first, then queues, workflows, tasks, the load balancer and the database.
 */
export function overviewBody(environment: Environment, resources: DashboardResources) {
  const { region, name } = environment
  const graphs = [
    ...queueGraphs(resources),
    ...workflowGraphs(environment, resources),
    ...taskGraphs(environment, resources),
    ...loadBalancerGraphs(resources),
    ...databaseGraphs(environment, resources),
  ]
  const alarms = { title: `Alarms: ${name}`, alarms: resources.alarms }
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
