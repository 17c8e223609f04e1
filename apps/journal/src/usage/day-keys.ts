import { readAnswer, request, type Logger } from '@continuum/service'
import { Type } from 'typebox'

/** The keys under which the readers of a day are named. They are asked for ahead, so that an outage at midnight is harmless. */
export interface DayKeys {
  of: (day: Temporal.PlainDate) => Buffer | undefined
  /** `closed`: the day has no key any more. `unknown`: it could not be asked for yet. */
  stateOf: (day: Temporal.PlainDate) => 'known' | 'closed' | 'unknown'
  /** Asks for the keys of these days, the day before and the next, as far as they are not known. Never fails. */
  fetchFor: (days: readonly Temporal.PlainDate[]) => Promise<void>
}

const Key = Type.Object({ key: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) })
const timeoutMilliseconds = 5000
/** Days that are remembered: hits may wait over midnight. */
const keptDays = 5

/** Creates the keys, as the usage counter has them. */
export function createDayKeys(options: { url: string; token: string; logger: Logger }): DayKeys {
  const { url, token, logger } = options
  const keys = new Map<string, Buffer | 'closed'>()
  const fetchOne = async (day: string): Promise<void> => {
    if (keys.has(day)) return
    try {
      const answer = await request({
        service: 'the usage counter',
        url: `${url}/usage/days/${day}/key`,
        headers: { authorization: `Bearer ${token}` },
        timeoutMilliseconds,
      })
      const found = answer.status === 200 ? readAnswer(Key, answer) : undefined
      if (found) keys.set(day, Buffer.from(found.key, 'base64url'))
      else if (answer.status === 410) keys.set(day, 'closed')
      else throw new Error(`The usage counter answered ${answer.status}`)
    } catch (error) {
      logger.warn({ err: error, day }, 'the key of the day is not known; usage waits')
    }
    for (const oldest of [...keys.keys()].toSorted().slice(0, -keptDays)) keys.delete(oldest)
  }
  return {
    of: (day) => {
      const key = keys.get(day.toString())
      return key === 'closed' ? undefined : key
    },
    stateOf: (day) => {
      const key = keys.get(day.toString())
      return key === undefined ? 'unknown' : key === 'closed' ? 'closed' : 'known'
    },
    fetchFor: async (days) => {
      const wanted = days.flatMap((day) => [day.subtract({ days: 1 }), day, day.add({ days: 1 })])
      const missing = [...new Set(wanted.map((day) => day.toString()))].filter((day) => !keys.has(day))
      await Promise.all(missing.map(fetchOne))
    },
  }
}
