import type { LossKind } from '../journal/loss-kinds.ts'
import { ancestorsOf, type Place } from './xml-text.ts'

/** The words of each kind, for one and several. */
export const lossWords = {
  'body-text': ['passage of text', 'passages of text'],
  title: ['title', 'titles'],
  abstract: ['abstract', 'abstracts'],
  figure: ['figure', 'figures'],
  table: ['table', 'tables'],
  formula: ['formula', 'formulas'],
  video: ['video', 'videos'],
  supplement: ['supplementary file', 'supplementary files'],
  author: ['author', 'authors'],
  editor: ['editor or reviewer', 'editors and reviewers'],
  affiliation: ['affiliation', 'affiliations'],
  'author-note': ['author note', 'author notes'],
  footnote: ['footnote', 'footnotes'],
  reference: ['reference', 'references'],
  appendix: ['passage of an appendix', 'passages of appendices'],
  'back-matter': ['passage of the back matter', 'passages of the back matter'],
  'sub-article': ['passage of a letter, response or translation', 'passages of letters, responses or translations'],
  keyword: ['keyword', 'keywords'],
  funding: ['funding statement', 'funding statements'],
  permission: ['permission', 'permissions'],
  metadata: ['entry of the metadata', 'entries of the metadata'],
  'dead-link': ['link that leads nowhere', 'links that lead nowhere'],
  invented: ['value that the XML does not give', 'values that the XML does not give'],
} as const satisfies Record<LossKind, readonly [one: string, several: string]>

/** Losses of these kinds are problems where a journal's settings do not tolerate them; all others are findings. */
export const graveKinds: ReadonlySet<LossKind> = new Set([
  'body-text',
  'title',
  'figure',
  'table',
  'author',
  'dead-link',
])

/** The kind of thing that an element is to a reader; the nearest one around a lost text decides. */
const units: Readonly<Record<string, LossKind>> = {
  fig: 'figure',
  graphic: 'figure',
  'inline-graphic': 'figure',
  'fig-group': 'figure',
  'chem-struct-wrap': 'figure',
  'table-wrap': 'table',
  'table-wrap-group': 'table',
  'disp-formula': 'formula',
  'disp-formula-group': 'formula',
  'inline-formula': 'formula',
  'mml:math': 'formula',
  'tex-math': 'formula',
  media: 'video',
  'supplementary-material': 'supplement',
  'inline-supplementary-material': 'supplement',
  contrib: 'author',
  'on-behalf-of': 'author',
  aff: 'affiliation',
  'aff-alternatives': 'affiliation',
  'author-notes': 'author-note',
  fn: 'footnote',
  ref: 'reference',
  abstract: 'abstract',
  'trans-abstract': 'abstract',
  'kwd-group': 'keyword',
  'title-group': 'title',
  'funding-group': 'funding',
  permissions: 'permission',
}

/** Parts of the article that decide where no unit does. */
const parts: Readonly<Record<string, LossKind>> = {
  'sub-article': 'sub-article',
  response: 'sub-article',
  app: 'appendix',
  body: 'body-text',
  'floats-group': 'body-text',
  back: 'back-matter',
  front: 'metadata',
  'front-stub': 'metadata',
}

/** Elements that are told of as one, however much of their text is lost. */
const whole = new Set(
  `fig table-wrap disp-formula inline-formula contrib on-behalf-of aff fn ref media supplementary-material kwd award-group
  funding-statement permissions ack corresp chem-struct-wrap graphic inline-graphic`.split(/\s+/),
)

/** Tells what a text or graphic at a place is to a reader. */
export function kindOf(place: Place): LossKind {
  const around = [...ancestorsOf(place)]
  const part = around.find(({ element }) => parts[element.name] !== undefined)
  const unit = around.find(({ element }) => units[element.name] !== undefined)
  const inFormula = around.some(({ element }) => units[element.name] === 'formula')
  const kind = inFormula ? 'formula' : unit && units[unit.element.name]
  const inside = around.some(({ element }) => element.name === 'sub-article' || element.name === 'response')
  if (inside && kind !== 'figure' && kind !== 'table' && kind !== 'formula') return 'sub-article'
  if (kind === 'author' && unit) return contributorKind(unit)
  if (kind === 'footnote' && around.some(({ element }) => element.name === 'author-notes')) return 'author-note'
  if (kind === 'footnote' && around.some(({ element }) => element.name === 'table-wrap')) return 'table'
  return kind ?? (part && parts[part.element.name]) ?? 'metadata'
}

/** The element that is told of when a text at a place is lost: the figure around a caption, else the text's own. */
export function unitOf(place: Place): Place {
  const around = [...ancestorsOf(place)]
  const inTable = around.find(({ element }) => element.name === 'table-wrap')
  return inTable ?? around.find(({ element }) => whole.has(element.name)) ?? place
}

function contributorKind(unit: Place): LossKind {
  const type = unit.element.attributes['contrib-type'] ?? unit.parent?.element.attributes['content-type'] ?? 'author'
  return /edit|review/i.test(type) ? 'editor' : 'author'
}
