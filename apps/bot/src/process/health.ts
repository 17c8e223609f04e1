import { createApp, serve, type Logger } from '@continuum/service'
import { joinMetrics } from '@continuum/workflow-core'

/** A loop that polls. It is alive as long as it hears from what it polls. */
export interface Poller {
  readonly lastSignOfLife: () => Temporal.Instant
  /** Its metrics in Prometheus's text format, where it has any. */
  readonly metrics?: () => Promise<string>
}

/** A poll is held for at most a minute; a loop that hears nothing for longer hangs. */
const maxSilence = Temporal.Duration.from({ minutes: 2 })

/** Serves `/ping`, `/status` and `/metrics` of a process of the bot. The status fails as soon as one of its pollers hangs. */
export async function serveHealth(options: {
  name: string
  port: number
  logger: Logger
  onClose: (close: () => unknown) => void
  pollers: readonly Poller[]
}): Promise<{ url: string }> {
  const { name, port, logger, onClose, pollers } = options
  const lastSignOfLife = () => pollers.map((poller) => poller.lastSignOfLife()).reduce(earlier)
  const polling = async () => {
    const silence = Temporal.Now.instant().since(lastSignOfLife())
    if (Temporal.Duration.compare(silence, maxSilence) > 0) {
      throw new Error(`AWS has not answered a poll for ${Math.round(silence.total('seconds'))} s`)
    }
  }
  const app = await createApp({ name, logger, checks: { polling }, lastSignOfLife })
  app.get('/metrics', { logLevel: 'silent' }, async (_, reply) =>
    reply
      .type('text/plain; version=0.0.4')
      .send(joinMetrics(await Promise.all(pollers.map(async ({ metrics }) => metrics?.() ?? '')))),
  )
  const { url, close } = await serve(app, { HOST: '127.0.0.1', PORT: port })
  onClose(close)
  return { url }
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) < 0 ? one : other
}
