import { authorMailRules, authorTemplates, type AuthorMailRule, type MailTemplate } from '@continuum/deposit-documents'
import type { RecipientSettings } from '@continuum/settings'

type MailRecipient = Extract<RecipientSettings, { kind: 'mail' }>

/** Returns the rules by which the mails of a journal are chosen: its own, then the usual ones. */
export function mailRulesOf(recipients: readonly RecipientSettings[], journal: string): readonly AuthorMailRule[] {
  const own = recipients.flatMap((recipient) =>
    recipient.kind === 'mail' && recipient.audience === 'authors' ? (recipient.mails?.[journal]?.rules ?? []) : [],
  )
  return [...own, ...authorMailRules]
}

/** Returns the templates of a journal's mails to authors: its own in place of the usual ones. */
export function mailTemplatesOf({ mails }: Pick<MailRecipient, 'mails'>, journal: string): readonly MailTemplate[] {
  const own = Object.entries(mails?.[journal]?.templates ?? {}).map(([name, template]) => ({ name, ...template }))
  const usual = Object.values(authorTemplates).filter(({ name }) => !own.some((each) => each.name === name))
  return [...own, ...usual]
}
