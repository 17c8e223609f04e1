import type { RecipientSettings } from '@continuum/settings'

/** The traits of a kind of recipient that decide how its deposits are sent and when they have ended. */
export interface Traits {
  /** Sending the same document twice does no harm: same name, same record. */
  readonly repeatable: boolean
  /** It can be asked how a deposit ended. */
  readonly asks: boolean
  /** A transfer that succeeded is only the beginning: the answer comes elsewhere. */
  readonly answersElsewhere: boolean
  /** Only a person knows the answer. */
  readonly byHand: boolean
  /** Hours for which sending is tried. */
  readonly sendHours: number
  /** Hours after which a deposit without an answer is unanswered; absent: never. */
  readonly answerHours: number | undefined
  /** A later document takes the place of an earlier one, whichever comes last: it has the same name, or the same record. */
  readonly replaces: boolean
  readonly concurrency: number
}

const fortnight = 14 * 24

/** Returns the traits of a recipient. */
export function traitsOf(recipient: RecipientSettings): Traits {
  const { kind, concurrency = 2, giveUpHours } = recipient
  const usual = {
    repeatable: true,
    asks: false,
    answersElsewhere: false,
    byHand: false,
    sendHours: giveUpHours ?? fortnight,
    answerHours: undefined,
    replaces: false,
    concurrency,
  }
  switch (kind) {
    case 'crossref':
      return { ...usual, asks: true, answerHours: giveUpHours ?? 48 }
    case 'pubmed':
      return {
        ...usual,
        answersElsewhere: true,
        asks: recipient.answers !== undefined,
        byHand: recipient.answers === undefined,
        replaces: true,
        answerHours: giveUpHours ?? 72,
      }
    case 'pmc':
      return { ...usual, answersElsewhere: true, byHand: true, replaces: true }
    case 'doaj':
      return { ...usual, replaces: true }
    case 'files':
      return { ...usual, replaces: !recipient.fileName.includes('{version}') }
    case 'mail':
      return { ...usual, repeatable: false, sendHours: giveUpHours ?? 48 }
    case 'jisc':
      return { ...usual, repeatable: false }
    default:
      return usual
  }
}
