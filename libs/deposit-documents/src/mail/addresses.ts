import type { ArticleRecord } from '../record/record.ts'
import { uniqueBy } from '../record/unique.ts'

/** A person to write to. */
export interface Addressee {
  readonly address: string
  readonly givenNames: string
  readonly surname: string
}

/**
 * People to write to: those of the editorial list, and corresponding authors of the XML, each address once. Letter case is no
 * difference: `Zoe@Example.org` and `zoe@example.org` are one person.
 *
 * @param listed rows of the editorial list
 */
export function addressees(
  { authors }: Pick<ArticleRecord, 'authors'>,
  listed: readonly Addressee[] = [],
): readonly Addressee[] {
  const corresponding = authors
    .filter((author) => author.corresponding || author.emails.length > 0)
    .flatMap(({ emails, givenNames = '', name }) =>
      emails.map((address) => ({ address: address.trim(), givenNames, surname: name })),
    )
  const all = [...listed, ...corresponding].filter(({ address }) => isAddress(address))
  return uniqueBy(all, ({ address }) => addressKey(address))
}

/** An address as it is compared: in lower case. */
export function addressKey(address: string): string {
  return address.trim().toLowerCase()
}

/** Tells if a text is one address, and nothing that could be more than that in a header. */
export function isAddress(text: string): boolean {
  return /^[^\s<>()[\],;:@"\\]+@[^\s<>()[\],;:@"\\]+\.[^\s<>()[\],;:@"\\.]+$/.test(text.trim())
}
