import { decodePublicationData, type Property } from '@continuum/messages'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { KnownRun, PreparedPublication, Received, Run, PropertyValue, Version } from './model.ts'

/**
 * A version, from its runs (oldest first) and from what was said of it (in the order in which it was said).
 *
 * Our bot names the run with each property. Where a sender names none, as the original's do, a status is taken to be of
 * the newest run that had set out by then; `hidden`, which an operator says, is of all of them.
 */
export function versionOf(number: number, runs: readonly Run[], said: readonly Received<Property>[]): Version {
  return {
    number,
    properties: propertyValues(said),
    runs: runs.map((run): KnownRun => {
      const own = said.filter(({ message }) => message.run === run.id)
      const status = said.findLast((one) => one.message.name === 'publication-status' && isOf(run, one, runs))
      return { ...run, properties: propertyValues(own), ...(status && { status: propertyValue(status) }) }
    }),
    prepared: said
      .filter(({ message }) => message.name === '_publication-data')
      .map(({ message }) => prepared(message)),
  }
}

function isOf(run: Run, { sent, message }: Received<Property>, runs: readonly Run[]): boolean {
  if (message.run !== undefined) return message.run === run.id
  if (run.startSent > sent) return false
  return message.value === 'hidden' || run === runs.findLast((other) => !other.waiting && other.startSent <= sent)
}

function propertyValues(said: readonly Received<Property>[]): Map<string, PropertyValue> {
  return new Map(said.map((one) => [one.message.name, propertyValue(one)]))
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
