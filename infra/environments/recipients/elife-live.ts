import type { RecipientSettings } from '../src/index.ts'
import { elifeRecipients } from './elife.ts'

/**
 * eLife's recipients whose addresses are public. The file recipients' servers, accounts and host keys are agreed with each: they are added
 * in `server`, and their passwords to the secret `recipient-credentials`.
 */
export const elifeLive: RecipientSettings[] = elifeRecipients({
  crossref: 'https://doi.crossref.org/servlet',
  doaj: 'https://doaj.org/api/v4',
  pubmedAnswers: 'https://eutils.ncbi.nlm.nih.gov/entrez/eutils',
  user: 'elife',
  server: () => undefined,
})
