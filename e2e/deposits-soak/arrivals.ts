import { createHash } from 'node:crypto'
import { onceOnly, type Deposit } from './expected.ts'

/** Deposits that a recipient is sent at a time, where its settings do not say otherwise. */
const concurrency = 2

interface Mail {
  readonly to: readonly string[]
  readonly subject: string
  readonly messageId: string
}

interface Submission {
  readonly id: number
  readonly fileName: string
  readonly results?: readonly { readonly status: string; readonly doi: string; readonly message: string }[]
}

/** Asks the stand-ins what arrived, and tells what of it must not be. */
export async function wrongArrivals(standIns: string, deposits: readonly Deposit[]): Promise<string[]> {
  const ask = async <Answer>(path: string): Promise<Answer> => JSON.parse(await (await fetch(standIns + path)).text())
  const [mails, submissions, load, notifications, articles] = [
    await ask<Mail[]>('/mailbox.json'),
    await ask<Submission[]>('/crossref/submissions'),
    await ask<{ depositsAtOnce: number }>('/crossref/load'),
    await ask<unknown[]>('/jisc/notifications'),
    await ask<{ bibjson: { identifier: { type: string; id: string }[] } }[]>('/doaj/articles'),
  ]
  const files = [...(await filesAt(standIns, 'sftp')), ...(await filesAt(standIns, 'ftp'))]
  const dois = articles.flatMap(({ bibjson }) =>
    bibjson.identifier.filter(({ type }) => type === 'doi').map(({ id }) => id),
  )
  return [
    ...wrongMails(mails, deposits),
    ...wrongOrder(submissions),
    ...(load.depositsAtOnce > concurrency ? [`Crossref was sent ${load.depositsAtOnce} deposits at a time`] : []),
    ...repeated(dois).map((doi) => `DOAJ has ${doi} more than once`),
    ...wrongNotifications(notifications.length, deposits),
    ...wrongFiles(files, deposits),
  ]
}

function wrongMails(mails: readonly Mail[], deposits: readonly Deposit[]): string[] {
  const authors = deposits.filter(({ recipient }) => recipient === 'authors')
  // Staff have a mailbox here, too: they are told of recipients that cannot be reached.
  const addresses = new Set(authors.map(({ part }) => part.slice(part.indexOf(':') + 1)))
  const received = mails.flatMap(({ to, subject }) =>
    to.filter((address) => addresses.has(address)).map((address) => `${address}: ${subject}`),
  )
  const confirmed = authors.filter(({ state }) => state === 'confirmed').length
  const doubtful = authors.filter(({ state }) => state === 'uncertain').length
  const counted = received.length >= confirmed && received.length <= confirmed + doubtful
  return [
    ...repeated(received).map((mail) => `written to twice: ${mail}`),
    ...repeated(mails.map(({ messageId }) => messageId)).map((id) => `two mails have the Message-ID ${id}`),
    ...(counted ? [] : [`${received.length} mails arrived, of ${confirmed} confirmed and ${doubtful} uncertain ones`]),
  ]
}

/** A notification is a new one each time: as many as are confirmed, and at most those in doubt beside them. */
function wrongNotifications(arrived: number, deposits: readonly Deposit[]): string[] {
  const count = (wanted: string) =>
    deposits.filter(({ recipient, state }) => recipient === 'jisc' && state === wanted).length
  const [confirmed, doubtful] = [count('confirmed'), count('uncertain')]
  return arrived >= confirmed && arrived <= confirmed + doubtful
    ? []
    : [`Jisc has ${arrived} notifications, of ${confirmed} confirmed and ${doubtful} uncertain deposits`]
}

/**
 * Looks at what Crossref decided, in its order: for each DOI versions never fall, no relation came before its target, and what was refused
 * is only the same deposit again, or one that a later version had overtaken.
 */
function wrongOrder(submissions: readonly Submission[]): string[] {
  const newest = new Map<string, number>()
  return submissions.flatMap(({ fileName, results = [] }) => {
    const version = Number(/-v(\d+)-/.exec(fileName)?.[1] ?? 0)
    return results.flatMap(({ status, doi, message }) => {
      const before = newest.get(doi) ?? 0
      if (status === 'Failure')
        return /is less or equal to/.test(message) && version <= before
          ? []
          : [`Crossref refused ${fileName}: ${message}`]
      newest.set(doi, Math.max(before, version))
      return version < before ? [`${doi}: ${fileName} came after version ${before}`] : []
    })
  })
}

interface ArrivedFile {
  readonly path: string
  readonly sha256: string
}

async function filesAt(standIns: string, protocol: string): Promise<ArrivedFile[]> {
  const listed: { path: string }[] = JSON.parse(await (await fetch(`${standIns}/files/${protocol}`)).text())
  const arrived = []
  for (const { path } of listed) {
    const bytes = Buffer.from(await (await fetch(`${standIns}/files/${protocol}${path}`)).arrayBuffer())
    arrived.push({ path, sha256: createHash('sha256').update(bytes).digest('hex') })
  }
  return arrived
}

/** Each name holds what was sent last under it, whole: a later version's never made way for an earlier one. */
function wrongFiles(files: readonly ArrivedFile[], deposits: readonly Deposit[]): string[] {
  const at = new Map(files.map(({ path, sha256 }) => [path, sha256]))
  const sent = deposits.filter(
    ({ recipient, state }) =>
      !['crossref', 'doaj', 'jisc', 'authors', 'xml-repository'].includes(recipient) &&
      (state === 'confirmed' || state === 'sent'),
  )
  const byPath = Map.groupBy(sent, ({ recipient, document }) => `/${recipient}/${document?.name}`)
  const wrong = [...byPath].flatMap(([path, its]) => {
    const last = its.toSorted((one, other) => one.version - other.version).at(-1)
    if (!at.has(path)) return [`${path} is not there`]
    return at.get(path) === last?.document?.sha256 ? [] : [`${path} is not what was sent of version ${last?.version}`]
  })
  const partial = files.filter(({ path }) => path.endsWith('.part')).map(({ path }) => `${path} was left behind`)
  const once = sent.filter(({ recipient }) => onceOnly.includes(recipient))
  const twice = repeated(once.map(({ recipient, articleId }) => `${recipient} ${articleId}`))
  return [...wrong, ...partial, ...twice.map((what) => `sent more than once: ${what}`)]
}

function repeated(values: readonly string[]): string[] {
  return [...Map.groupBy(values, (value) => value)].filter(([, its]) => its.length > 1).map(([value]) => value)
}
