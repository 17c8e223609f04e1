import type { ArticleRecord, RecordContributor } from '../record/record.ts'
import { el, elWith, type XmlElement } from '../xml/element.ts'

/** The byline. Members of groups are not in it. */
export function authorList(authors: readonly RecordContributor[]): XmlElement | undefined {
  const written = authors
    .filter(({ kind }) => kind === 'person' || kind === 'group')
    .map((author) => (author.kind === 'group' ? groupAuthor(author) : personAuthor(author)))
  return written.length === 0 ? undefined : el('AuthorList', written)
}

function personAuthor(author: RecordContributor): XmlElement {
  const { name, givenNames, suffix, equalContribution, orcid } = author
  const equal = equalContribution ? 'Y' : undefined
  return elWith(
    'Author',
    { EqualContrib: equal },
    givenNames === undefined ? elWith('FirstName', { EmptyYN: 'Y' }) : el('FirstName', spacedInitials(givenNames)),
    el('LastName', name),
    suffix !== undefined && el('Suffix', suffix),
    affiliations(author),
    orcid !== undefined && elWith('Identifier', { Source: 'ORCID' }, orcid),
  )
}

function groupAuthor(author: RecordContributor): XmlElement {
  return el('Author', el('CollectiveName', author.name), affiliations(author))
}

/** One affiliation by itself, several each in its own element. */
function affiliations({ affiliations: places }: RecordContributor): readonly XmlElement[] {
  const texts = places.map(({ text }) => (/[.!?]$/.test(text) ? text : `${text}.`))
  if (texts.length === 1) return texts.map((text) => el('Affiliation', text))
  return texts.map((text) => el('AffiliationInfo', el('Affiliation', text)))
}

/** `Bart PHJ` as `Bart P H J`. */
function spacedInitials(givenNames: string): string {
  return givenNames
    .split(' ')
    .map((name) => (/^\p{Lu}{2,4}$/u.test(name) ? Array.from(name).join(' ') : name))
    .join(' ')
}

/** Groups with their members; one without members stands in the byline only. */
export function groupList({ authors }: Pick<ArticleRecord, 'authors'>): XmlElement | undefined {
  const groups = authors.filter(({ kind }) => kind === 'group' || kind === 'on-behalf-of')
  const written = groups.flatMap(({ name, members }) =>
    members.length === 0
      ? []
      : [
          el(
            'Group',
            el('GroupName', name),
            members
              .filter(({ kind }) => kind === 'person')
              .map((member) =>
                el(
                  'IndividualName',
                  member.givenNames === undefined
                    ? elWith('FirstName', { EmptyYN: 'Y' })
                    : el('FirstName', spacedInitials(member.givenNames)),
                  el('LastName', member.name),
                  member.suffix !== undefined && el('Suffix', member.suffix),
                ),
              ),
          ),
        ],
  )
  return written.length === 0 ? undefined : el('GroupList', written)
}

/** Statements of interest, each with the initials of those who point to it. */
export function coiStatement({ authors, competingInterests }: ArticleRecord): XmlElement | undefined {
  const statements = competingInterests.map(({ id, text }) => {
    const initials = authors.filter(({ pointsTo }) => pointsTo.includes(id)).map(initialsOf)
    return initials.length === 0 ? text : `${initials.join(', ')} ${text}`
  })
  const text = statements.join(', ').replaceAll(/\s+/g, ' ').trim()
  return text === '' ? undefined : el('CoiStatement', text)
}

function initialsOf({ givenNames, name }: RecordContributor): string {
  return [givenNames ?? '', name]
    .flatMap((part) => part.split(/[\s-]+/))
    .map((part) => (/^\p{Lu}{2,4}$/u.test(part) ? part : (part[0] ?? '')))
    .join('')
    .toUpperCase()
}
