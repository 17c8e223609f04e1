import { ActivityFailure, workflow } from '@continuum/workflow-core'
import { Type, type Static } from 'typebox'
import { advanceDeposits, OnePublication } from './activities.ts'

/** Steps and signals after which the execution continues with an empty history, as soon as nothing is under way or due. */
const maxRounds = 100
/** Steps and signals after which no step begins any more: what is due then is due at once in the execution that continues this one. */
const roundsLimit = 1_000

/** The seconds that a timer takes. What is due later is looked at again when its timer has fired. */
const minSeconds = 1
const maxSeconds = 30 * 86_400

/** Characters of a failure's message that the next execution is told: all of them together have to fit into its input. */
const maxMessageLength = 500

const Failed = Type.Object({
  recipient: Type.String(),
  key: Type.Optional(Type.String()),
  attempts: Type.Integer(),
  reason: Type.String(),
  message: Type.String(),
  permanent: Type.Boolean(),
})

/**
 * Takes all deposits of a publication to their ends. Each recipient goes its own way: what is due for it is done in one step, the next
 * follows when its time has come, and none waits for another. What is known is in the database; the execution is only the clock and the
 * hand. The signal `changed` wakes it for the recipients that it names: somebody resumed one, or what a deposit waits for was confirmed.
 *
 * A recipient whose step fails for good is left where it is until something wakes it, and the others go on. When they have ended the
 * execution fails with what failed and did not go well since, also where that was in an execution that this one continues.
 */
export const deposits = workflow(
  {
    name: 'Deposits',
    version: '1',
    input: Type.Object({
      ...OnePublication.properties,
      recipients: Type.Array(Type.Object({ name: Type.String(), seconds: Type.Integer({ minimum: 0 }) }), {
        description: 'those that have something to come, and the seconds until then',
      }),
      failed: Type.Optional(Type.Array(Failed, { description: 'the steps that failed in what this continues' })),
    }),
    output: Type.Void(),
    timeout: '365d',
    uses: { advanceDeposits },
    signals: { changed: Type.Object({ recipients: Type.Array(Type.String()) }) },
  },
  async (ctx, { recipients, failed = [], ...publication }) => {
    const now = () => ctx.now().epochMilliseconds
    /** The instant at which each recipient is looked at; one that a signal names while it is under way is looked at once more. */
    const due = new Map(recipients.map(({ name, seconds }) => [name, now() + seconds * 1_000]))
    const underWay = new Map<string, Promise<void>>()
    const timers = new Map<number, Promise<void>>()
    const failures = new Map(failed.map((each) => [each.recipient, failureOf(each)]))
    let [rounds, timersStarted] = [0, 0]

    const advance = async (recipient: string): Promise<void> => {
      const key = `${recipient} ${++rounds}`
      try {
        const { seconds } = await ctx.advanceDeposits({ ...publication, recipient }, { key })
        failures.delete(recipient)
        if (seconds !== undefined && !due.has(recipient)) due.set(recipient, now() + seconds * 1_000)
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error
        failures.set(recipient, error)
      }
      underWay.delete(recipient)
    }
    const listen = async (): Promise<void> => {
      const changed = await ctx.signal('changed')
      rounds++
      for (const name of changed.recipients) due.set(name, now())
      listening = listen()
    }
    const startTimer = (at: number): void => {
      const seconds = Math.min(maxSeconds, Math.max(minSeconds, Math.ceil((at - now()) / 1_000)))
      const until = Math.min(at, now() + maxSeconds * 1_000)
      const fired = ctx.sleep(`${seconds}s`, { key: String(++timersStarted) })
      timers.set(
        until,
        fired.then(() => void timers.delete(until)),
      )
    }

    let listening = listen()
    for (;;) {
      for (const [recipient, at] of due) {
        if (at > now() || underWay.has(recipient) || rounds >= roundsLimit) continue
        due.delete(recipient)
        underWay.set(recipient, advance(recipient))
      }
      if (underWay.size === 0 && (due.size === 0 || rounds >= maxRounds)) break
      // A timer that is no longer needed is left to fire: it costs less than to cancel it and to start it again.
      const waiting = [...due].flatMap(([recipient, at]) => (underWay.has(recipient) || at <= now() ? [] : [at]))
      const next = Math.min(...waiting)
      if (waiting.length > 0 && next < Math.min(Infinity, ...timers.keys())) startTimer(next)
      await Promise.race([listening, ...underWay.values(), ...timers.values()])
    }
    if (due.size > 0) {
      const left = [...due].map(([name, at]) => ({ name, seconds: Math.max(0, Math.ceil((at - now()) / 1_000)) }))
      const toTell = [...failures].map(([recipient, failure]) => failedOf(recipient, failure))
      return ctx.continueAsNew({ ...publication, recipients: left, ...(toTell.length > 0 && { failed: toTell }) })
    }
    const [failure] = failures.values()
    if (failure) throw failure
    return undefined
  },
)

function failedOf(recipient: string, failure: ActivityFailure): Static<typeof Failed> {
  const { key, attempts, reason, message, permanent } = failure
  return {
    recipient,
    ...(key !== undefined && { key }),
    attempts,
    reason,
    message: message.slice(0, maxMessageLength),
    permanent,
  }
}

function failureOf({ recipient: _, ...failed }: Static<typeof Failed>): ActivityFailure {
  return new ActivityFailure({ activity: advanceDeposits.name, ...failed })
}
