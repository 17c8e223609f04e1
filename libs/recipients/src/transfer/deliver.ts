import { posix } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { openDocument, sizeOf } from '../seam/bytes.ts'
import type { Document, Recipient, SendContext, SendResult } from '../seam/recipient.ts'
import { AccountFailure, RefusedFileFailure, type TransferProtocol, type TransferSession } from './session.ts'
import { startWatch, type Watch } from '../seam/watch.ts'

/** Folder and time limits of a file recipient. */
export interface TransferSettings {
  /** From the account's root; made where it is missing. `{id}` in it is the article's. Default: the root. */
  readonly folder?: string
  /**
   * `listing`, by default: a file that is listed with its size is confirmed, for no other answer will come. `later`: it is only
   * sent, since the recipient reads it and may refuse it days later (PubMed, PMC).
   */
  readonly answer?: 'listing' | 'later'
  /** Seconds without progress; 30 by default. */
  readonly idleSeconds?: number
  /** Seconds for one file; half an hour by default. */
  readonly totalSeconds?: number
}

/**
 * A recipient that takes files. A file goes to `.<name>.part` beside its place, its size is compared, and only then it gets its
 * name, so that nobody ever finds half a file. `confirmed` means that it is listed with its size. At a repeated attempt a file that is
 * there with its size is that of before whose answer was lost, unless another document had the name before.
 */
export function fileRecipient(protocol: TransferProtocol, settings: TransferSettings): Recipient {
  const { idleSeconds = 30, totalSeconds = 1800, folder = '/', answer = 'listing' } = settings
  return {
    send: async (document, context, signal) => {
      const { session, close } = protocol.connect({ idleSeconds })
      const watch = startWatch({ idleSeconds, totalSeconds, signal, stop: close })
      try {
        const opened = await watch.race(session)
        return await watch.race(deliver(opened, document, { context, folder, watch, answer }))
      } catch (error) {
        return resultOf(error, watch)
      } finally {
        watch.end()
        close()
      }
    },
  }
}

interface Delivery {
  readonly context: SendContext
  readonly folder: string
  readonly watch: Watch
  readonly answer: 'listing' | 'later'
}

async function deliver(session: TransferSession, document: Document, delivery: Delivery): Promise<SendResult> {
  const { context, folder, watch, answer } = delivery
  const size = sizeOf(document)
  const path = posix.join('/', folder, document.name)
  const part = posix.join('/', folder, `.${document.name}.part`)
  const kind = answer === 'listing' ? 'confirmed' : 'sent'
  const listed = { kind, answer: `${path} is there with ${size} bytes` } as const

  await session.makeFolder(posix.dirname(path))
  watch.progress()
  if (context.attempt > 1 && !context.replaces && (await session.sizeOf(path)) === size) return listed
  const source = watched(openDocument(document), watch)
  try {
    await session.upload(source, part)
  } finally {
    source.destroy()
  }
  watch.progress()
  const arrived = await session.sizeOf(part)
  if (arrived !== size) {
    await session.remove(part)
    const words = `${arrived ?? 0} of ${size} bytes of ${document.name} arrived; the file was taken away again`
    return { kind: 'later', answer: words, countsAsAttempt: true }
  }
  await session.replace(part, path)
  watch.progress()
  const found = await session.sizeOf(path)
  if (found === size) return listed
  const words = `${path} was renamed, but is there with ${found ?? 'no'} bytes instead of ${size}`
  return { kind: 'later', answer: words, countsAsAttempt: true }
}

/** The document's stream, each part of which counts as progress. */
function watched(source: Readable, watch: Watch): Readable {
  const counting = new Transform({
    transform: (part, _encoding, done) => {
      watch.progress()
      done(null, part)
    },
  })
  source.on('error', (error) => counting.destroy(error))
  counting.on('close', () => source.destroy())
  return source.pipe(counting)
}

function resultOf(error: unknown, watch: Watch): SendResult {
  const said = error instanceof Error ? error.message : String(error)
  const answer = watch.reason ?? said
  if (error instanceof AccountFailure) return { kind: 'refused', answer, account: true }
  if (error instanceof RefusedFileFailure) return { kind: 'refused', answer }
  return { kind: 'later', answer, countsAsAttempt: true }
}
