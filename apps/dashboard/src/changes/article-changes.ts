import { diffArrays } from 'diff'
import { figuresOf, figureChanges, type FigureChange } from './figures.ts'
import { metadataOf } from './metadata.ts'
import { sectionsOf, type TextSection } from './sections.ts'
import { changedParagraphs, wordChanges, type ParagraphChange } from './word-changes.ts'

/** A section that differs. */
export interface SectionChange {
  readonly heading: string
  readonly is: 'changed' | 'added' | 'removed' | 'markup'
  readonly paragraphs: readonly ParagraphChange[]
}

/** A field of the metadata that differs, by words. */
export interface FieldChange {
  readonly name: string
  readonly pieces: ParagraphChange
}

/** The differences between two contents of an article. */
export interface ArticleChanges {
  readonly sections: readonly SectionChange[]
  readonly sameSections: number
  readonly fields: readonly FieldChange[]
  readonly sameFields: number
  readonly figures: readonly FigureChange[]
}

type Content = Readonly<Record<string, unknown>>

/** Compares what is public with what would take its place: text by section and word, metadata, figures. */
export function compareArticles(was: Content, is: Content): ArticleChanges {
  const sections = pairSections(sectionsOf(was), sectionsOf(is))
  const changed = sections.flatMap(({ old, now }) => sectionChange(old, now) ?? [])
  const [before, after] = [metadataOf(was), metadataOf(is)]
  const names = [...new Set([...after.keys(), ...before.keys()])]
  const fields = names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ name, pieces: wordChanges(before.get(name) ?? '', after.get(name) ?? '') }))
  return {
    sections: changed,
    sameSections: sections.length - changed.length,
    fields,
    sameFields: names.length - fields.length,
    figures: figureChanges(figuresOf(was), figuresOf(is)),
  }
}

interface Pair {
  readonly old?: TextSection | undefined
  readonly now?: TextSection | undefined
}

/** Pairs the sections of two texts, in order: by their ids, or else by their headings. */
function pairSections(was: readonly TextSection[], is: readonly TextSection[]): Pair[] {
  const comparator = (one: TextSection, other: TextSection) => one.key === other.key || one.heading === other.heading
  let [before, after] = [0, 0]
  return diffArrays([...was], [...is], { comparator }).flatMap(({ added, removed, count }): Pair[] => {
    const old = added ? [] : was.slice(before, (before += count))
    const now = removed ? [] : is.slice(after, (after += count))
    return Array.from({ length: count }, (_, at) => ({ old: old[at], now: now[at] }))
  })
}

function sectionChange(old?: TextSection, now?: TextSection): SectionChange | undefined {
  const heading = now?.heading ?? old?.heading ?? ''
  const paragraphs = changedParagraphs(old?.paragraphs ?? [], now?.paragraphs ?? [])
  if (!old) return { heading, is: 'added', paragraphs }
  if (!now) return { heading, is: 'removed', paragraphs }
  if (paragraphs.length > 0) return { heading, is: 'changed', paragraphs }
  return old.marked === now.marked ? undefined : { heading, is: 'markup', paragraphs: [] }
}
