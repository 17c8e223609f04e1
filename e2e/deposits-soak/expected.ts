import type { Publication } from './publications.ts'

/** A deposit as the service lists it. */
export interface Deposit {
  readonly recipient: string
  readonly articleId: string
  readonly version: number
  readonly part: string
  readonly state: string
  readonly answer: string | null
  readonly waitsFor: string | null
  readonly document: { readonly name: string; readonly bytes: number; readonly sha256: string } | null
}

/** Recipients that get an article once. */
export const onceOnly = ['cengage', 'wos', 'gooa', 'cnki', 'cnpiec']
/** Recipients that get the first version of record, once. */
const firstOnly = ['jisc', 'oaswitchboard']
/** Recipients that only a person can confirm. */
const byHand = ['pmc']
/** Recipients that must not get anything twice: a deposit that was on its way when the process was killed is uncertain. */
const inDoubt = ['jisc', 'authors']
const toVersionsOfRecordOnly = ['pmc', 'doaj', 'clockss', ...onceOnly]

/** Tells what is wrong with the deposits of a publication; they are all those of its version. */
export function wrongEnds(
  publication: Publication,
  deposits: readonly Deposit[],
  recipients: readonly string[],
): string[] {
  return recipients.flatMap((recipient) => {
    const its = deposits.filter((each) => each.recipient === recipient)
    const wanted = expectedStates(recipient, publication)
    const wrong = its.filter(({ state }) => !wanted.includes(state)).map(wordsOf)
    const missing = its.length < expectedCount(recipient, publication) ? [`has only ${its.length} deposits`] : []
    return [...wrong, ...missing].map(
      (words) => `${recipient} ${publication.articleId} v${publication.version} ${words}`,
    )
  })
}

const wordsOf = ({ part, state, waitsFor, answer }: Deposit) => `${part} is ${state}: ${waitsFor ?? answer ?? ''}`

function expectedStates(recipient: string, { articleId, version, status }: Publication): readonly string[] {
  const none = ['not-for-this-recipient']
  // A version 1 that waited may be overtaken by version 2, but nothing overtakes that.
  const overtaken = version === 1 ? ['superseded'] : []
  const firstOfStatus = version === 1 || isPoaFirst(articleId)
  if (recipient === 'video-mail') return none
  if (recipient === 'authors') return firstOfStatus ? ['confirmed', 'uncertain'] : none
  if (status === 'poa' && [...toVersionsOfRecordOnly, ...firstOnly].includes(recipient)) return none
  if (firstOnly.includes(recipient))
    return firstOfStatus ? ['confirmed', ...(inDoubt.includes(recipient) ? ['uncertain'] : [])] : none
  if (onceOnly.includes(recipient)) return ['confirmed', ...overtaken, ...(firstOfStatus && version === 2 ? [] : none)]
  return [byHand.includes(recipient) ? 'sent' : 'confirmed', ...overtaken]
}

const isPoaFirst = (articleId: string) => (Number(articleId) - 94_001) % 3 === 0

function expectedCount(recipient: string, publication: Publication): number {
  const { withLetters, version, articleId, authors } = publication
  if (recipient === 'authors') return version === 1 || isPoaFirst(articleId) ? authors.length : 1
  if (recipient === 'crossref') return withLetters ? 3 : 1
  return 1
}
