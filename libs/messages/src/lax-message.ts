import { Type, type Static } from 'typebox'
import { InstantText } from './fields.ts'
import { parseAs, UnreadableMessageError } from './unreadable.ts'

const LaxAction = Type.Enum(['ingest', 'publish', 'ingest+publish'])

/** A request to the article store on its queue. Keys and words are those of eLife's bot-lax-adaptor; no other keys are allowed. */
export type LaxRequest = Static<typeof LaxRequest>
export const LaxRequest = Type.Object(
  {
    action: LaxAction,
    /** The address of the article's XML, or of its article JSON. Of a publication too, which does not read it. */
    location: Type.String({ pattern: '^(https|file)://' }),
    /** Padded or not. */
    id: Type.String({ minLength: 1 }),
    version: Type.Integer({ minimum: 1 }),
    /** Opaque: the reply has it as it came. */
    token: Type.String(),
    force: Type.Optional(Type.Boolean()),
    'validate-only': Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

/** The bytes of one message, by the contract; SQS may take more. */
const maxBytes = 262_144

/** The reply to a request. */
export type LaxReply = Static<typeof LaxReply>
export const LaxReply = Type.Object(
  {
    status: Type.Enum(['validated', 'ingested', 'published', 'invalid', 'error']),
    /** As it came. */
    id: Type.String(),
    token: Type.String(),
    /** Of the record where something is ingested or published, otherwise of the reply. */
    datetime: InstantText,
    'requested-action': Type.Optional(LaxAction),
    force: Type.Optional(Type.Boolean()),
    'validate-only': Type.Optional(Type.Boolean()),
    /** Absent where it succeeded. */
    message: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)

/**
 * Reads a request.
 *
 * @throws {UnreadableMessageError} which names each key that is wrong or not allowed
 */
export function readLaxRequest(body: string): LaxRequest {
  const bytes = Buffer.byteLength(body)
  if (bytes > maxBytes) {
    throw new UnreadableMessageError(
      `Not a request to the article store: it has ${bytes} bytes, and may have ${maxBytes} at most`,
    )
  }
  const value = objectIn(body)
  const unknown = Object.keys(value).filter((key) => !(key in LaxRequest.properties))
  if (unknown.length === 0) return parseAs(LaxRequest, value, 'a request to the article store')
  const known = Object.keys(LaxRequest.properties).join(', ')
  throw new UnreadableMessageError(
    `Not a request to the article store: it has ${unknown.map((key) => JSON.stringify(key)).join(', ')}; only ${known} are allowed`,
  )
}

/** Reads as much of an unreadable request as a reply to it needs: undefined without a token, for nobody could tell whose reply it is. */
export function replyAddress(body: string): Pick<LaxReply, 'id' | 'token' | 'requested-action'> | undefined {
  try {
    const { token, id, action } = objectIn(body)
    if (typeof token !== 'string') return undefined
    const asked = LaxAction.enum.find((known) => known === action)
    return {
      id: typeof id === 'string' || typeof id === 'number' ? String(id) : '',
      token,
      ...(asked && { 'requested-action': asked }),
    }
  } catch (error) {
    if (error instanceof UnreadableMessageError) return undefined
    throw error
  }
}

/**
 * Encodes a reply. Where it would be too long (the token may be nearly that long), the message is shortened, and
 * then what may be absent is left out.
 *
 * @returns undefined where even that is too long
 */
export function encodeLaxReply(reply: LaxReply): string | undefined {
  const { status, id, token, datetime, message = '' } = reply
  const shortened = { ...reply, ...(message && { message: `${message.slice(0, 200)}...` }) }
  return [reply, shortened, { status, id, token, datetime }]
    .map((each) => JSON.stringify(each))
    .find((text) => Buffer.byteLength(text) <= maxBytes)
}

function objectIn(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // Told below, like other values that are no object.
  }
  throw new UnreadableMessageError(
    `Not a request to the article store: not a JSON object; it begins ${JSON.stringify(body.slice(0, 60))}`,
  )
}
