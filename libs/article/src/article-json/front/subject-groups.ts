import { htmlOf } from '../../jats/markup.ts'
import { attributeOf, childOf, childrenOf, type Element } from '../../jats/tree.ts'

/** Subjects of a classification, with those below them. */
export interface SubjectGroup {
  /** As the XML says it: `Discipline`. */
  readonly type?: string | undefined
  readonly lang?: string | undefined
  readonly subjects: readonly string[]
  readonly groups?: readonly SubjectGroup[]
}

const known = ['display-channel', 'heading', 'sub-display-channel']

/**
 * The subjects that the public API does not know: those of other groups, and whatever stands below a heading.
 *
 * @param shown subjects that are shown elsewhere, such as the title's prefix
 */
export function subjectGroupsOf(meta: Element | undefined, shown: readonly string[]): readonly SubjectGroup[] {
  return allSubjectGroupsOf(meta).flatMap((read) => {
    if (!known.includes(read.type ?? '')) return [read]
    const subjects = read.type === 'sub-display-channel' ? read.subjects.filter((name) => !shown.includes(name)) : []
    return subjects.length > 0 || (read.groups ?? []).length > 0 ? [{ ...read, subjects }] : []
  })
}

/** All subjects. */
export function allSubjectGroupsOf(meta: Element | undefined): readonly SubjectGroup[] {
  return childrenOf(childOf(meta, 'article-categories'), 'subj-group').map(groupOf)
}

function groupOf(group: Element): SubjectGroup {
  return {
    type: attributeOf(group, 'subj-group-type'),
    lang: attributeOf(group, 'xml:lang'),
    subjects: childrenOf(group, 'subject', 'compound-subject')
      .map((subject) =>
        subject.name === 'subject'
          ? htmlOf(subject)
          : childrenOf(subject, 'compound-subject-part')
              .map((part) => htmlOf(part))
              .join(': '),
      )
      .filter(Boolean),
    groups: childrenOf(group, 'subj-group').map(groupOf),
  }
}
