import type { ArticleRecord } from '../record/record.ts'

/** Names of the usual mails to authors; a journal may have others. */
export type AuthorTemplate = 'POA' | 'VOR_after_POA' | 'VOR_no_POA' | 'Insight_to_VOR' | 'Feature'

/** Mails by the kind of article, as data: a journal may have its own. */
export interface AuthorMailRule {
  /** `article-type` of the XML. */
  readonly articleTypes: readonly string[]
  /** Only for articles of this display channel. */
  readonly displayChannel?: string
  /** Absent = no mail, on purpose. */
  readonly mail?: {
    readonly poa?: string
    readonly vorAfterPoa?: string
    readonly vorOnly?: string
    /** `authors` by default. */
    readonly to?: 'authors' | 'authors-of-related' | 'features'
  }
}

/** The usual rules. The first that fits decides. */
export const authorMailRules: readonly AuthorMailRule[] = [
  {
    articleTypes: ['research-article', 'review-article'],
    mail: { poa: 'POA', vorAfterPoa: 'VOR_after_POA', vorOnly: 'VOR_no_POA' },
  },
  {
    articleTypes: ['article-commentary'],
    mail: { vorAfterPoa: 'Insight_to_VOR', vorOnly: 'Insight_to_VOR', to: 'authors-of-related' },
  },
  { articleTypes: ['discussion'], mail: { vorAfterPoa: 'Feature', vorOnly: 'Feature', to: 'features' } },
  { articleTypes: ['correction', 'editorial', 'retraction', 'expression-of-concern', 'book-review'] },
]

/** Facts of a publication by which a mail is chosen. */
export interface MailFacts {
  readonly record: Pick<ArticleRecord, 'articleType' | 'displayChannel'>
  readonly status: 'poa' | 'vor'
  /** False where an earlier version has the same status. */
  readonly isFirstOfStatus: boolean
  /** True where an earlier version was a PoA. */
  readonly wasPoa: boolean
  readonly isSilent: boolean
  /** A retraction whose article was only ever a preprint. */
  readonly isRetractionOfPreprint?: boolean
}

/** The mail of a publication, or the reason why there is none; it is shown on the article's page. */
export type MailChoice =
  | {
      readonly template: string
      readonly to: 'authors' | 'authors-of-related' | 'features'
      /** The features team gets a copy of it. */
      readonly alsoFeatures: boolean
    }
  | { readonly none: string }

/** Chooses the mail to authors. */
export function chooseAuthorMail(facts: MailFacts, rules: readonly AuthorMailRule[] = authorMailRules): MailChoice {
  const { record, status, isFirstOfStatus, wasPoa, isSilent, isRetractionOfPreprint } = facts
  if (isSilent) return { none: 'a silent correction: authors are not written to' }
  if (!isFirstOfStatus)
    return { none: `not the first ${status === 'poa' ? 'PoA' : 'VoR'}: authors were written to about that` }
  if (isRetractionOfPreprint) return { none: 'a retraction of a preprint: authors are not written to' }
  const rule = rules.find(
    ({ articleTypes, displayChannel }) =>
      articleTypes.includes(record.articleType) &&
      (displayChannel === undefined || displayChannel === record.displayChannel),
  )
  if (rule === undefined)
    return { none: `no rule for articles of type ${record.articleType}: add one to the journal's mail rules` }
  const { mail } = rule
  const template = status === 'poa' ? mail?.poa : wasPoa ? mail?.vorAfterPoa : mail?.vorOnly
  if (mail === undefined || template === undefined)
    return { none: `authors of ${record.articleType} are not written to about a ${status === 'poa' ? 'PoA' : 'VoR'}` }
  return {
    template,
    to: mail.to ?? 'authors',
    alsoFeatures: record.displayChannel === 'Feature Article' || template === 'Insight_to_VOR',
  }
}

/** A mail that is due. */
export interface DueMail {
  readonly articleId: string
  readonly template: AuthorTemplate
  /** The article that an Insight is about. */
  readonly relatedId?: string
}

/**
 * Leaves out mails about Insights whose research article is due too: its authors get one mail, that about their article, which
 * mentions the Insight.
 */
export function withoutDoubledInsights<Mail extends DueMail>(
  due: readonly Mail[],
): readonly (Mail & { readonly insight?: string })[] {
  const isAboutDue = ({ template, relatedId }: DueMail) =>
    template === 'Insight_to_VOR' &&
    due.some((other) => other.articleId === relatedId && other.template !== 'Insight_to_VOR')
  const insights = due.filter(isAboutDue)
  return due
    .filter((mail) => !isAboutDue(mail))
    .map((mail) => {
      const insight = insights.find(({ relatedId }) => relatedId === mail.articleId)
      return insight === undefined ? mail : { ...mail, insight: insight.articleId }
    })
}
