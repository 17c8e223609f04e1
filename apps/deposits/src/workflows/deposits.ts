import { ActivityFailure, workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { advanceDeposits, OnePublication } from './activities.ts'

/** Steps and signals after which the execution continues with an empty history. */
const maxRounds = 100

/**
 * Takes all deposits of a publication to their ends. Each recipient goes its own way: what is due for it is done in one step, the next
 * follows when its time has come, and none waits for another. What is known is in the database; the execution is only the clock and the
 * hand. The signal `changed` wakes it for the recipients that it names: somebody resumed one, or what a deposit waits for was confirmed.
 *
 * A recipient whose step fails for good is left where it is, and the others go on; the execution fails with it when they have ended.
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
    }),
    output: Type.Void(),
    timeout: '365d',
    uses: { advanceDeposits },
    signals: { changed: Type.Object({ recipients: Type.Array(Type.String()) }) },
  },
  async (ctx, { recipients, ...publication }) => {
    const now = () => ctx.now().epochMilliseconds
    /** The instant at which each recipient is looked at; one that a signal names while it is under way is looked at once more. */
    const due = new Map(recipients.map(({ name, seconds }) => [name, now() + seconds * 1_000]))
    const underWay = new Map<string, Promise<void>>()
    const timers = new Map<number, Promise<void>>()
    let [rounds, timersStarted] = [0, 0]
    let failure: ActivityFailure | undefined

    const advance = async (recipient: string): Promise<void> => {
      const key = `${recipient} ${++rounds}`
      try {
        const { seconds } = await ctx.advanceDeposits({ ...publication, recipient }, { key })
        if (seconds !== undefined && !due.has(recipient)) due.set(recipient, now() + seconds * 1_000)
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error
        failure ??= error
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
      const fired = ctx.sleep(`${Math.ceil((at - now()) / 1_000)}s`, { key: String(++timersStarted) })
      timers.set(
        at,
        fired.then(() => void timers.delete(at)),
      )
    }

    let listening = listen()
    for (;;) {
      for (const [recipient, at] of due) {
        if (at > now() || underWay.has(recipient) || rounds >= maxRounds) continue
        due.delete(recipient)
        underWay.set(recipient, advance(recipient))
      }
      if (underWay.size === 0 && (due.size === 0 || rounds >= maxRounds)) break
      // A timer that is no longer needed is left to fire: it costs less than to cancel it and to start it again.
      const waiting = [...due].flatMap(([recipient, at]) => (underWay.has(recipient) ? [] : [at]))
      const next = Math.min(...waiting)
      if (waiting.length > 0 && next < Math.min(Infinity, ...timers.keys())) startTimer(next)
      await Promise.race([listening, ...underWay.values(), ...timers.values()])
    }
    if (due.size > 0) {
      const left = [...due].map(([name, at]) => ({ name, seconds: Math.max(0, Math.ceil((at - now()) / 1_000)) }))
      return ctx.continueAsNew({ ...publication, recipients: left })
    }
    if (failure) throw failure
    return undefined
  },
)
