import { setTimeout as pause } from 'node:timers/promises'
import { readAnswer, request } from '@continuum/service'
import type { Static, TSchema } from 'typebox'
import { CitationSourceError } from './source.ts'

const timeoutMilliseconds = 60_000
const maxAttempts = 5
const firstWaitSeconds = 2
const maxWaitSeconds = 120

/** Waits for some seconds; tests wait less. */
export type Wait = (seconds: number, signal: AbortSignal) => Promise<void>

export const wait: Wait = (seconds, signal) => pause(seconds * 1000, undefined, { signal })

/**
 * Asks a public service politely: when it is busy (429 or 503) it is asked again after the time that it names, five times in all.
 *
 * @returns undefined for 404
 * @throws CitationSourceError where the service does not answer, or otherwise than expected
 */
export async function ask<Schema extends TSchema>(
  schema: Schema,
  options: { service: string; url: URL; headers?: Record<string, string>; signal: AbortSignal; wait: Wait },
): Promise<Static<Schema> | undefined> {
  const { service, url, headers = {}, signal } = options
  for (let attempt = 1; ; attempt++) {
    const answer = await request({
      service,
      url: url.href,
      headers: {
        accept: 'application/json',
        'user-agent': 'Continuum (journal publishing; citation counts)',
        ...headers,
      },
      timeoutMilliseconds,
      signal,
    }).catch((cause: unknown) => {
      throw new CitationSourceError(cause instanceof Error ? cause.message : String(cause), { cause })
    })
    if (answer.status === 404) return undefined
    if ((answer.status === 429 || answer.status === 503) && attempt < maxAttempts) {
      const named = Number(answer.headers.get('retry-after') ?? Number.NaN)
      await options.wait(Math.min(named > 0 ? named : firstWaitSeconds * 2 ** attempt, maxWaitSeconds), signal)
      continue
    }
    const value = answer.status === 200 ? readAnswer(schema, answer) : undefined
    if (value === undefined) {
      throw new CitationSourceError(
        `${service} answered ${answer.status}: ${answer.text.slice(0, 120).replaceAll(/\s+/g, ' ')}`,
      )
    }
    return value
  }
}
