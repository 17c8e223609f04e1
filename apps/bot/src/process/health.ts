import { createApp, serve, type Logger } from '@continuum/service'
import { joinMetrics } from '@continuum/workflow-core'

/** Something that polls: how long ago it heard from what it polls says whether it lives. */
export interface Polling {
  readonly lastSignOfLife: () => Temporal.Instant
  /** What Prometheus reads of it, where it counts anything. */
  readonly metrics?: () => Promise<string>
}

/** A poll is held for a minute at most; one that says nothing for longer hangs. */
const longestSilence = Temporal.Duration.from({ minutes: 2 })

/** `/ping`, `/status` and `/metrics` of a process of the bot. The status fails as soon as one of its loops hangs. */
export async function serveHealth(options: {
  name: string
  port: number
  logger: Logger
  onClose: (close: () => unknown) => void
  loops: readonly Polling[]
}): Promise<{ url: string }> {
  const { name, port, logger, onClose, loops } = options
  const lastSignOfLife = () => loops.map((loop) => loop.lastSignOfLife()).reduce(earlier)
  const polling = async () => {
    const silence = Temporal.Now.instant().since(lastSignOfLife())
    if (Temporal.Duration.compare(silence, longestSilence) > 0) {
      throw new Error(`nothing was heard from AWS for ${Math.round(silence.total('seconds'))} s`)
    }
  }
  const app = await createApp({ name, logger, checks: { polling }, lastSignOfLife })
  app.get('/metrics', { logLevel: 'silent' }, async (_, reply) =>
    reply
      .type('text/plain; version=0.0.4')
      .send(joinMetrics(await Promise.all(loops.map(async ({ metrics }) => metrics?.() ?? '')))),
  )
  const { url, close } = await serve(app, { HOST: '127.0.0.1', PORT: port })
  onClose(close)
  return { url }
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) < 0 ? one : other
}
