import { createHash } from 'node:crypto'
import { readDocument } from '../seam/bytes.ts'
import type { Recipient, SendResult } from '../seam/recipient.ts'
import { exchange, judge, wordsOf, type Answer } from './exchange.ts'

/** Address and token of a repository with GitHub's contents API. */
export interface XmlRepositorySettings {
  /** `https://api.github.com/repos/OWNER/NAME/` */
  readonly url: string
  readonly token: string
  /** Folder in the repository; `articles` by default. */
  readonly folder?: string
  /** Branch; the repository's own by default. */
  readonly branch?: string
  readonly timeoutSeconds?: number
}

/**
 * A repository of article XML on a Git host. A file with the same content is left alone, another is written over what was read a moment
 * ago; where someone wrote between (409), it is tried again later.
 */
export function xmlRepository(settings: XmlRepositorySettings): Recipient {
  const { url, token, folder = 'articles', branch, timeoutSeconds } = settings
  const base = url.endsWith('/') ? url : `${url}/`
  const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json', 'user-agent': 'continuum' }
  return {
    send: async (document, _context, signal) => {
      const bytes = await readDocument(document)
      const address = new URL(
        `contents/${[...folder.split('/'), document.name].map(encodeURIComponent).join('/')}`,
        base,
      )
      const look = new URL(address)
      if (branch !== undefined) look.searchParams.set('ref', branch)
      const found = await exchange(look, { headers }, signal, timeoutSeconds)
      const held = 'answer' in found && found.answer.status === 200 ? shaIn(found.answer.text) : undefined
      if (held === gitHash(bytes))
        return { kind: 'confirmed', answer: `${document.name} is there with the same content` }
      const isNew = 'answer' in found && found.answer.status === 404
      if (held === undefined && !isNew) return judge(found, refused)
      const body = JSON.stringify({
        message: `${held === undefined ? 'Add' : 'Update'} ${document.name}`,
        content: bytes.toString('base64'),
        ...(held !== undefined && { sha: held }),
        ...(branch !== undefined && { branch }),
      })
      const init = { method: 'PUT', body, headers: { ...headers, 'content-type': 'application/json' } }
      return judge(await exchange(address, init, signal, timeoutSeconds), judgeWrite)
    },
  }
}

function judgeWrite(answer: Answer): SendResult {
  if (answer.status === 200 || answer.status === 201)
    return { kind: 'confirmed', answer: `${answer.status} ${shaIn(answer.text) ?? ''}`.trim() }
  if (answer.status === 409) return { kind: 'later', answer: wordsOf(answer), countsAsAttempt: true }
  return refused(answer)
}

function refused(answer: Answer): SendResult {
  const words = wordsOf(answer)
  return answer.status === 403 ? { kind: 'refused', answer: words, account: true } : { kind: 'refused', answer: words }
}

/** `sha` of a file in GitHub's answer, of a question or of a write. */
function shaIn(text: string): string | undefined {
  try {
    const { sha, content }: { sha?: unknown; content?: unknown } = Object(JSON.parse(text))
    const found = sha ?? Object(content).sha
    return typeof found === 'string' ? found : undefined
  } catch {
    return undefined
  }
}

/** Git's hash of a file's content. */
function gitHash(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex')
}
