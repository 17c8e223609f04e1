import type { Readable } from 'node:stream'

/** A document that goes out: its file name, media type and bytes. It is the same at every attempt. */
export interface Document {
  /** File name at the recipient, `elife-05-19405.zip`; without folders. */
  readonly name: string
  readonly mediaType: string
  /** In memory, or a source that can be opened once for each attempt; packages with videos are too large for memory. */
  readonly bytes: Uint8Array | ByteSource
}

/** Bytes that are read as they are sent. */
export interface ByteSource {
  /** Length in bytes. Recipients compare it with what arrived. */
  readonly size: number
  /** Opens the bytes from the beginning; the caller destroys the stream. */
  readonly open: () => Readable
}

/** Facts about one attempt, from the durable record of the deposit. */
export interface SendContext {
  /** Identifies the deposit; the same at every attempt. Message-IDs and temporary names derive from it. */
  readonly key: string
  /** 1 at the first attempt. Crossref gets each attempt under a file name of its own. */
  readonly attempt: number
  /** The `reference` of an earlier confirmed deposit of the same article, of any version: DOAJ's id of the article. */
  readonly known?: string
  /** Another document went to it under the same name before: what lies there may be that one, whatever its size. */
  readonly replaces?: boolean
}

/** A deposit whose bytes are with the recipient. */
export interface Sent extends SendContext {
  /** As `send` returned it, word for word; absent where the recipient has none. */
  readonly reference?: string
  /** The instant at which the recipient took it. */
  readonly sentAt: Temporal.Instant
  readonly document: Document
}

/**
 * The end of an attempt to send. `answer` is what the recipient said, verbatim, or what happened in plain words.
 * `reference` is the recipient's name for what it took: keep it, and give it back in `Sent` or `SendContext.known`.
 */
export type SendResult =
  | { readonly kind: 'sent'; readonly answer: string; readonly reference?: string }
  | { readonly kind: 'confirmed'; readonly answer: string; readonly warning?: boolean; readonly reference?: string }
  | Refused
  | Later
  /** It may have arrived and must not be sent again without a person's word: mail. */
  | { readonly kind: 'uncertain'; readonly answer: string }

/** The recipient's no: sending the same again can't help. */
export interface Refused {
  readonly kind: 'refused'
  readonly answer: string
  /**
   * The trouble is not this document but the account (wrong password, changed host key): every other deposit will meet it too.
   * Pause the recipient and tell staff once; the deposit waits.
   */
  readonly account?: boolean
  /** The address does not take mail, whatever is in it: nothing else should be sent there. */
  readonly address?: boolean
}

/** No answer yet, for a reason that passes. */
export interface Later {
  readonly kind: 'later'
  readonly answer: string
  /** As the recipient asked for it; absent = by the policy of retries. */
  readonly afterSeconds?: number
  /** False where the recipient only asked for patience (429): no attempt is used up. */
  readonly countsAsAttempt: boolean
}

/** The recipient's answer about what was sent before. */
export type AskResult =
  /** Not decided yet, or (`unknown`) the recipient does not know of it, yet or any more. Ask again. */
  | { readonly kind: 'pending'; readonly answer: string; readonly unknown?: boolean }
  | { readonly kind: 'confirmed'; readonly answer: string; readonly warning?: boolean }
  | Refused
  /**
   * Crossref holds a deposit of the DOI with a greater timestamp, `registered`. Where that is one of a later deposit of
   * ours, this one is superseded; else build it with a timestamp above `registered`, once.
   */
  | { readonly kind: 'overtaken'; readonly answer: string; readonly doi: string; readonly registered: string }
  | Later

/**
 * One that gets articles. Neither function throws for what a recipient or the network does: that is a result. `signal`
 * ends the attempt; each recipient has time limits of its own too.
 */
export interface Recipient {
  readonly send: (document: Document, context: SendContext, signal: AbortSignal) => Promise<SendResult>
  /** Asks how a `sent` deposit ended; absent where only a person can know. */
  readonly ask?: (sent: Sent, signal: AbortSignal) => Promise<AskResult>
}
