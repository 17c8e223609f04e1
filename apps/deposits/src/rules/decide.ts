import type { DepositState } from '@continuum/messages'
import type { RecipientSettings } from '@continuum/settings'
import { isFirstOfStatus, isHighest, type PublicationFacts } from './facts.ts'
import { hasArrived } from './state.ts'

/** An earlier deposit of the same article for the same recipient. */
export interface EarlierDeposit {
  readonly version: number
  readonly state: DepositState
  /** The instant since which it has this state. */
  readonly since: string
}

/** A decision about one recipient of one publication, with the rule that made it in words for a person. */
export interface Decision {
  readonly send: boolean
  readonly rule: string
}

type Rule = (
  recipient: RecipientSettings,
  facts: PublicationFacts,
  earlier: readonly EarlierDeposit[],
) => string | false | undefined

const statusWords = { poa: 'PoA', vor: 'VoR' }

/** The rules in their order; each tells why a publication is not for a recipient. */
const rules: readonly Rule[] = [
  ({ journals }, { journal }) => journals && !journals.includes(journal) && `not of the journal ${journal}`,
  ({ statuses }, { status }) => !statuses.includes(status) && `gets no ${statusWords[status]}`,
  ({ articleTypes, withoutTypes }, { type }) =>
    ((articleTypes && !articleTypes.includes(type)) || withoutTypes?.includes(type)) &&
    `gets no articles of the type ${type}`,
  ({ withVideo }, { hasVideo }) => withVideo && !hasVideo && 'gets articles with a video; this has none',
  ({ withoutWords = [] }, { assessment }) => {
    const word = assessment.find((term) => withoutWords.includes(term.toLowerCase()))
    return word !== undefined && `gets no articles whose assessment says ${word}`
  },
  ({ retracted }, facts) => retracted === false && facts.retracted && 'gets no retracted articles',
  ({ retracted }, facts) =>
    retracted === false &&
    facts.retractsPreprint &&
    'gets no retractions of preprints: the retracted work is not published here',
  ({ silent }, facts) => silent === 'never' && facts.silent && 'gets no silent corrections',
  ({ silent }, facts) =>
    silent === 'highest' && facts.silent && !isHighest(facts) && 'gets silent corrections of the highest version only',
  ({ firstOnly }, facts) =>
    firstOnly && !isFirstOfStatus(facts) && `gets only the first ${statusWords[facts.status]} of an article`,
  ({ onceOnly }, _, earlier) => {
    // What is uncertain may have arrived: a person looks, and sends again what did not.
    const mayHave = (state: DepositState) => hasArrived(state) || state === 'sending' || state === 'uncertain'
    const before = onceOnly ? earlier.find(({ state }) => mayHave(state)) : undefined
    return before && `sent before: version ${before.version}, ${before.state} since ${before.since}`
  },
]

/** The kinds of recipients whose records tell of a retraction or withdrawal. */
const told: readonly RecipientSettings['kind'][] = ['crossref', 'doaj']

/** Decides whether a recipient is told that an article was retracted or withdrawn, or is no longer. */
function decideNotice(
  { kind }: RecipientSettings,
  { notice }: PublicationFacts,
  earlier: readonly EarlierDeposit[],
): Decision {
  const what = notice?.kind ?? 'end of its retraction or withdrawal'
  if (!told.includes(kind))
    return { send: false, rule: `is not told of the ${what}: what it has does not change by it` }
  const has = earlier.some(({ state }) => state !== 'superseded' && state !== 'cancelled')
  return has
    ? { send: true, rule: `is told of the ${what}` }
    : { send: false, rule: `is not told of the ${what}: it never got the article` }
}

/**
 * Decides whether a recipient gets a publication. Pure; the answer has the rule for both outcomes, and is kept with it.
 *
 * @param earlier all deposits of the article for this recipient, of any version and run
 */
export function decide(
  recipient: RecipientSettings,
  facts: PublicationFacts,
  earlier: readonly EarlierDeposit[],
): Decision {
  if (facts.noticeOnly) return decideNotice(recipient, facts, earlier)
  const against = rules
    .map((rule) => rule(recipient, facts, earlier))
    .find((objection) => typeof objection === 'string')
  if (typeof against === 'string') return { send: false, rule: against }
  const { status, silent } = facts
  const which = silent ? 'silent correction' : isFirstOfStatus(facts) ? 'first' : 'later'
  return {
    send: true,
    rule: silent ? `gets silent corrections of a ${statusWords[status]}` : `gets the ${which} ${statusWords[status]}`,
  }
}
