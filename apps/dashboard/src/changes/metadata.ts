import { isObject, plainText, wordsOf } from './plain-text.ts'
import { headingOf } from './sections.ts'

/** Parts of article JSON that are metadata, in the order in which they are shown. */
const fields =
  `kind type status doi titlePrefix authorLine authors reviewers volume issue pages elocationId publicationDate subjects
researchOrganisms keywords copyright funding language`.split(/\s+/)

/** Lists the metadata of an article as lines of plain text, by name; each author, reviewer and grant is a field of its own. */
export function metadataOf(article: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return new Map(
    fields.flatMap((key): [string, string][] => {
      const value = article[key]
      if (value === undefined) return []
      if (key === 'authors' || key === 'reviewers') return peopleOf(key === 'authors' ? 'Author' : 'Reviewer', value)
      const text = lineOf(value)
      return text === '' ? [] : [[headingOf(key), text]]
    }),
  )
}

function peopleOf(role: string, value: unknown): [string, string][] {
  return (Array.isArray(value) ? value : []).map((person: unknown, index) => [`${role} ${index + 1}`, lineOf(person)])
}

function lineOf(value: unknown): string {
  const words = isObject(value) || Array.isArray(value) ? wordsOf(value) : [String(value)]
  return words.map(plainText).filter(Boolean).join(', ')
}
