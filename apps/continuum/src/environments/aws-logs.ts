import { setTimeout as pause } from 'node:timers/promises'
import {
  CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
  type FilteredLogEvent,
} from '@aws-sdk/client-cloudwatch-logs'
import { awsNamesOf, serviceNameOf, sharedName, type Environment, type ProcessName } from '@continuum/environments'
import { UserError } from '../errors/user-error.ts'
import { parseLogLine, serviceOfLine, type LogLine, type LogOptions } from './log-line.ts'

/** CloudWatch shows an event some seconds after it was written; what comes late must not be missed. */
const overlapMilliseconds = 30_000

/** Yields the log lines of processes since an instant, oldest first; with `follow`, new lines too, until the signal aborts. */
export async function* awsLogs(
  environment: Environment,
  processes: readonly ProcessName[],
  options: LogOptions,
): AsyncIterable<LogLine> {
  const client = new CloudWatchLogsClient({ region: environment.region })
  const groups = [...Map.groupBy(processes, awsNamesOf(environment).logGroup)]
  const seen = new Map<string, number>()
  for (let from = options.since; ; from = Math.max(options.since, Date.now() - overlapMilliseconds)) {
    const asked = groups.map(([group, speakers]) => eventsOf(client, environment, { group, speakers }, from))
    const events = (await Promise.all(asked)).flat().filter(({ event: { eventId = '' } }) => !seen.has(eventId))
    for (const { event } of events) seen.set(event.eventId ?? '', event.timestamp ?? 0)
    for (const [id, at] of seen) if (at < from - overlapMilliseconds) seen.delete(id)
    events.sort((a, b) => (a.event.timestamp ?? 0) - (b.event.timestamp ?? 0))
    for (const { process, event } of events) yield parseLogLine(process, event.message ?? '')
    if (!options.follow) return
    await pause(options.every, undefined, { signal: options.signal }).catch(() => undefined)
    if (options.signal.aborted) return
  }
}

async function eventsOf(
  client: CloudWatchLogsClient,
  environment: Environment,
  { group: logGroupName, speakers }: { group: string; speakers: readonly ProcessName[] },
  startTime: number,
) {
  const shared = speakers.some((process) => awsNamesOf(environment).container(process) !== process)
  const events: { process: string; event: FilteredLogEvent }[] = []
  try {
    for await (const page of paginateFilterLogEvents({ client }, { logGroupName, startTime }))
      for (const event of page.events ?? []) {
        const process = shared ? speakerOf(event.message ?? '', speakers) : speakers[0]
        if (process !== undefined) events.push({ process, event })
      }
    return events
  } catch (error) {
    if (error instanceof ResourceNotFoundException)
      throw new UserError(
        `There is no log group ${logGroupName} in ${environment.region}: nothing is deployed (pulumi up).`,
      )
    throw error
  }
}

/** The process that wrote a line of a container of several: its line says so. Undefined where it is none of those that are asked for. */
function speakerOf(line: string, asked: readonly ProcessName[]): string | undefined {
  const service = serviceOfLine(line)
  return service === undefined || service === sharedName
    ? sharedName
    : asked.find((process) => serviceNameOf(process) === service)
}
