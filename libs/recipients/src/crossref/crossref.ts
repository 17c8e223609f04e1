import { readDocument } from '../seam/bytes.ts'
import { exchange, judge, textOfHtml, wordsOf, type Answer } from '../http/exchange.ts'
import type { AskResult, Document, Recipient, SendContext, SendResult } from '../seam/recipient.ts'
import { readDiagnostic } from './diagnostic.ts'
import { resultOf } from './result.ts'

/** Address and login of a Crossref account. */
export interface CrossrefSettings {
  /** `https://doi.crossref.org/servlet/`, or `https://test.crossref.org/servlet/`. */
  readonly url: string
  /** Case counts; `email/role` for a login by e-mail. */
  readonly login: string
  readonly password: string
  readonly timeoutSeconds?: number
}

/**
 * Crossref's deposit over HTTPS. `sent` means queued, no more: `ask` learns the result, by the file's name, which is known as soon as
 * the file is queued. Each attempt has a file name of its own, since Crossref only ever finds the first of a name.
 */
export function crossref(settings: CrossrefSettings): Recipient {
  const { login, password, timeoutSeconds } = settings
  const base = settings.url.endsWith('/') ? settings.url : `${settings.url}/`

  return {
    send: async (document, context, signal) => {
      const name = fileNameOf(document, context)
      const form = new FormData()
      form.set('operation', 'doMDUpload')
      form.set('login_id', login)
      form.set('login_passwd', password)
      form.set('fname', new Blob([await readDocument(document)], { type: document.mediaType }), name)
      const init = { method: 'POST', body: form }
      const ended = await exchange(new URL('deposit', base), init, signal, timeoutSeconds)
      return judge(ended, (answer) => judgeReceipt(answer, name))
    },
    ask: async ({ document, reference, ...context }, signal) => {
      const fields = {
        usr: login,
        pwd: password,
        file_name: reference ?? fileNameOf(document, context),
        type: 'result',
      }
      const init = { method: 'POST', body: new URLSearchParams(fields) }
      const ended = await exchange(new URL('submissionDownload', base), init, signal, timeoutSeconds)
      return judge(ended, judgeResult)
    },
  }
}

/** The name under which an attempt's file goes: `elife-crossref-00353-v1.xml`, then `elife-crossref-00353-v1.2.xml`. */
function fileNameOf({ name }: Document, { attempt }: SendContext): string {
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  return attempt === 1 ? name : `${stem}.${attempt}${extension}`
}

/** Judges the page after a deposit: 200 comes also with a wrong login or with a file that nobody can read. */
function judgeReceipt(answer: Answer, reference: string): SendResult {
  const words = wordsOf(answer)
  const text = textOfHtml(answer.text)
  const failed = answer.status >= 400 || /\b(fail|error|not correct|incorrect|invalid|denied)/i.test(text)
  if (!failed && /success|received|queue/i.test(text)) return { kind: 'sent', answer: words, reference }
  if (isAboutLogin(words)) return { kind: 'refused', answer: words, account: true }
  return answer.status >= 400 || isAboutFile(words)
    ? { kind: 'refused', answer: words }
    : { kind: 'later', answer: `not taken: ${words}`, countsAsAttempt: true }
}

function judgeResult(answer: Answer): AskResult {
  const diagnostic = readDiagnostic(answer.text)
  if (diagnostic) return resultOf(diagnostic)
  const words = wordsOf(answer)
  return isAboutLogin(words)
    ? { kind: 'refused', answer: words, account: true }
    : { kind: 'later', answer: `no result in the answer: ${words}`, countsAsAttempt: true }
}

function isAboutLogin(words: string): boolean {
  return /\b(login|credential|password|unauthori[sz]ed|not authori[sz]ed|permission)/i.test(words)
}

function isAboutFile(words: string): boolean {
  return /\b(xml|schema|pars(e|ing)|element|file type|operation)\b/i.test(words)
}
