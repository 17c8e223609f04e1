import { queueLines } from '../status/depth-lines.ts'
import type { AwsStatus, ServiceStatus } from './aws-status.ts'

/** The status for a person's eye; what needs one begins with `!`. */
export function awsStatusText(status: AwsStatus): string {
  const { environment, region, cluster, services, queues, domain, open } = status
  const made = services.some(({ tasks }) => tasks)
  return [
    `Environment ${environment} in ${region}`,
    '',
    ...(made
      ? [`  ${'service'.padEnd(20)} running  desired  pending  deployment`, ...services.map(serviceLine)]
      : [
          `! No service runs in the ECS cluster ${cluster}: it is not made yet (pulumi up), or these credentials are another account's.`,
        ]),
    ...services.flatMap(troubles),
    '',
    ...queueLines(queues),
    '',
    openLine(domain, open),
  ].join('\n')
}

const mark = (bad: boolean) => (bad ? '!' : ' ')

/** True where as many tasks of a service run as should, and its last deployment did not fail. */
export function isSteady({ tasks, deployment }: ServiceStatus): boolean {
  return tasks !== null && tasks.running >= tasks.desired && deployment !== 'FAILED'
}

function serviceLine(service: ServiceStatus): string {
  const { name, tasks, deployment } = service
  if (!tasks) return `! ${name.padEnd(20)} not made`
  const { running, desired, pending } = tasks
  const numbers = `${String(running).padStart(7)}  ${String(desired).padStart(7)}  ${String(pending).padStart(7)}`
  return `${mark(!isSteady(service))} ${name.padEnd(20)} ${numbers}  ${(deployment ?? '-').toLowerCase().replace('_', ' ')}`
}

/** The last ECS event of a service that is not steady. */
function troubles(service: ServiceStatus): string[] {
  const { name, tasks, lastEvent } = service
  return tasks && !isSteady(service) && lastEvent !== null ? ['', `  ${name}: ${lastEvent}`] : []
}

function openLine(domain: string, open: AwsStatus['open']): string {
  if (!open) return `! The SWF domain ${domain} is not made.`
  const kinds = Object.entries(open).map(([workflow, count]) => `${count} ${workflow}`)
  return `  SWF domain ${domain}: ${kinds.length === 0 ? 'no execution is open' : `open are ${kinds.join(', ')}`}`
}
