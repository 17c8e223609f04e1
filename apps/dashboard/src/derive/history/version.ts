import { decodePublicationData, type Property } from '@continuum/messages'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { KnownRun, PreparedPublication, Received, Run, PropertyValue, Version } from './model.ts'

/**
 * Builds a version from its runs (oldest first) and its properties (in the order in which they were sent).
 *
 * Our bot names the run in each property. If the sender names none, as in the original system, a status belongs to the
 * newest run that had started by then; `hidden`, which an operator sets, belongs to all of them.
 */
export function versionOf(number: number, runs: readonly Run[], received: readonly Received<Property>[]): Version {
  return {
    number,
    properties: propertyValues(received),
    runs: runs.map((run): KnownRun => {
      const own = received.filter(({ message }) => message.run === run.id)
      const status = received.findLast((one) => one.message.name === 'publication-status' && isOf(run, one, runs))
      return { ...run, properties: propertyValues(own), ...(status && { status: propertyValue(status) }) }
    }),
    prepared: received
      .filter(({ message }) => message.name === '_publication-data')
      .map(({ message }) => prepared(message)),
  }
}

function isOf(run: Run, { sent, message }: Received<Property>, runs: readonly Run[]): boolean {
  if (message.run !== undefined) return message.run === run.id
  if (run.startSent > sent) return false
  return message.value === 'hidden' || run === runs.findLast((other) => !other.waiting && other.startSent <= sent)
}

function propertyValues(received: readonly Received<Property>[]): Map<string, PropertyValue> {
  return new Map(received.map((one) => [one.message.name, propertyValue(one)]))
}

function propertyValue({ sent, message: { value, run } }: Received<Property>): PropertyValue {
  return { value, sent, ...(run !== undefined && { run }) }
}

const Continuation = Type.Object({ run: Type.String() })

function prepared({ value }: Property): PreparedPublication {
  const publicationData = String(value)
  try {
    const { workflow_data: data } = decodePublicationData(publicationData)
    return { run: Value.Check(Continuation, data) ? data.run : undefined, publicationData }
  } catch {
    return { run: undefined, publicationData }
  }
}
