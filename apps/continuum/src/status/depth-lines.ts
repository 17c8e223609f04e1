import type { QueueStatus } from '@continuum/aws-resources'

/** The depths of queues for a person's eye; a queue that needs one begins with `!`. */
export function queueLines(queues: readonly QueueStatus[]): readonly string[] {
  return [`  ${'queue'.padEnd(38)} waiting  under way  dead letters`, ...queues.map(queueLine)]
}

function queueLine({ name, messages }: QueueStatus): string {
  if (!messages) return `! ${name.padEnd(38)} not made`
  const { waiting, underWay, dead } = messages
  const numbers = `${String(waiting).padStart(7)}  ${String(underWay).padStart(9)}  ${String(dead).padStart(12)}`
  return `${dead > 0 ? '!' : ' '} ${name.padEnd(38)} ${numbers}`
}
