import { attributeOf, isElement, textOf, type Element } from '../jats/tree.ts'
import type { ArticleXml } from '../jats/reading/parse.ts'
import { conditionsAfter, isConditional, isOtherForm, mayRepeat } from './conditions.ts'
import { reasonsFor } from './explain.ts'
import { filesOf } from './files.ts'
import type { LossKind } from '../journal/loss-kinds.ts'
import { graveKinds, kindOf, unitOf } from './kinds.ts'
import type { Loss } from './loss.ts'
import { deadTargets, stringsOf } from './links.ts'
import { formsOf, type Lost } from './forms.ts'
import { inventedValues } from './invented.ts'
import { findWords } from './match.ts'
import { datesOf, textsOf, textsOfPage } from './output-text.ts'
import { presenceIn } from './presence.ts'
import { summaryOf } from './summary.ts'
import { ancestorsOf, placesOf, runsOf, xpathOf, type Place, type Run } from './xml-text.ts'

/** The account of all words, files and links of an article's XML. */
export interface LossReport {
  readonly losses: readonly Loss[]
  /** For people: "84 formulas, 3 footnotes and Figure 2 are not shown." Empty where nothing is lost. */
  readonly summary: string
  /** Words of the XML: all, those that are used otherwise by the reviewed list, and those that are lost. */
  readonly words: { readonly all: number; readonly explained: number; readonly lost: number }
}

interface Options {
  /** Kinds that the journal's settings accept to be lost: warnings, not problems. */
  readonly tolerated?: readonly LossKind[]
}

/** Accounts for every word, file and internal link of an article's XML in the article JSON that was made of it. */
export function accountFor({ root }: ArticleXml, json: unknown, { tolerated = [] }: Options = {}): LossReport {
  const severityOf = (kind: LossKind) =>
    !graveKinds.has(kind) ? 'finding' : tolerated.includes(kind) ? 'warning' : 'problem'
  const { losses, words } = lostWords(root, textsOf(json), datesOf(json))
  const all = [
    ...[...losses, ...lostFiles(root, json, losses), ...deadLinks(root, json)].map((loss): Loss => ({
      ...loss,
      severity: severityOf(loss.kind),
    })),
    ...invented(root, json).map((loss): Loss => ({ ...loss, severity: 'finding' })),
  ]
  return { losses: all, summary: summaryOf(all), words }
}

/** Accounts for every word of an article's XML on the page that shows it. */
export function accountForPage({ root }: ArticleXml, page: string): Pick<LossReport, 'losses' | 'words'> {
  const { losses, words } = lostWords(root, textsOfPage(page))
  return { losses: losses.map((loss) => ({ ...loss, severity: 'finding' })), words }
}

type Found = Omit<Loss, 'severity'>

/** @param dates of article JSON, which answer for the dates of the XML alone; without them, the texts are those of a page */
function lostWords(root: Element, texts: readonly string[], dates?: readonly string[]) {
  const runs = runsOf(root)
  const output = presenceIn(texts, dates)
  const reasons = new Map(
    runs.map((run) => [run, reasonsFor(run).filter(({ onPage }) => !dates || onPage === undefined)] as const),
  )
  const reasonsOf = (run: Run) => reasons.get(run) ?? []
  const isDate = (run: Run) => reasonsOf(run).some(({ date }) => date && output.hasDate(run.place.parent?.element))
  const wanted = runs.filter((run) => reasonsOf(run).every(isConditional) && !isDate(run))
  const forms = formsOf(wanted)
  const sought = wanted.map((run) => ({
    ...run,
    isLast: forms.isOther(run) || reasonsOf(run).some((reason) => isOtherForm(reason, run)),
    isRepeat: reasonsOf(run).some((reason) => mayRepeat(reason, run, wanted)),
  }))
  const found = findWords(sought, texts)
  const conditions = conditionsAfter(wanted, found, output, reasonsOf)
  const missing = wanted.flatMap((run, index): readonly Lost[] => {
    const words = run.words.filter((_, word) => found[index]?.[word] === false)
    const isExplained = words.length > 0 && reasonsOf(run).some((reason) => conditions.holds(reason, run, words))
    return words.length === 0 || isExplained ? [] : [{ run, words }]
  })
  const lost = forms.withoutShown(missing)
  const count = (all: readonly { readonly words: readonly string[] }[]) =>
    all.reduce((sum, { words }) => sum + words.length, 0)
  const lostCount = count(lost)
  const notFound = found.flat().filter((isFound) => !isFound).length
  return {
    losses: byUnit(lost, wanted),
    words: { all: count(runs), explained: count(runs) - count(wanted) + notFound - lostCount, lost: lostCount },
  }
}

/** One loss for all that is lost of a figure, a reference, a paragraph... */
function byUnit(lost: readonly Lost[], wanted: readonly Run[]): readonly Found[] {
  const units = new Map<Element, { place: Place; first: Lost; lost: number }>()
  for (const one of lost) {
    const place = unitOf(one.run.place)
    const unit = units.get(place.element) ?? { place, first: one, lost: 0 }
    units.set(place.element, { ...unit, lost: unit.lost + one.words.length })
  }
  const totals = new Map<Element, number>()
  for (const run of wanted) {
    const { element } = unitOf(run.place)
    if (units.has(element)) totals.set(element, (totals.get(element) ?? 0) + run.words.length)
  }
  return [...units.values()].map(({ place, first, lost: words }) => {
    const whole = words === totals.get(place.element)
    return {
      kind: kindOf(first.run.place),
      ...placed(whole ? place : first.run.place, place),
      words,
      whole,
      excerpt: excerptOf(first.words),
      why: whole ? 'It is not in the article JSON.' : 'Some of its words are not in the article JSON.',
    }
  })
}

function placed(place: Place, unit: Place): Pick<Loss, 'xpath' | 'line' | 'label'> {
  const label = unit.element.children.find((node) => isElement(node, 'label'))
  const text = label === undefined ? '' : textOf(label).replace(/[.:]$/, '')
  return { xpath: xpathOf(place), line: place.element.line, ...(text && { label: text }) }
}

/** Files that are not shown; a figure whose caption is lost too is told of once. */
function lostFiles(root: Element, json: unknown, losses: readonly Found[]): readonly Found[] {
  const told = new Set(losses.filter(({ whole }) => whole).map(({ xpath }) => xpath))
  const formulas = new Set(['disp-formula', 'inline-formula'])
  return filesOf(root, stringsOf(json)).flatMap(({ place, href, isShown }) => {
    const around = [...ancestorsOf(place)]
    if (isShown || around.some((one) => told.has(xpathOf(one)))) return []
    // Another form of the formula or table is words, and those are accounted for.
    const alternatives = around.find(({ element }) => element.name === 'alternatives')
    const isWordsToo = alternatives?.element.children.some((node) => isElement(node, 'table', 'oasis:table'))
    if (isWordsToo || (alternatives && around.some(({ element }) => formulas.has(element.name)))) return []
    const unit = unitOf(place)
    return [
      {
        kind: kindOf(place),
        ...placed(place, place.element === unit.element && unit.parent ? unit.parent : unit),
        words: 0,
        whole: true,
        excerpt: href,
        why: `The file "${href}" is not in the article JSON.`,
      },
    ]
  })
}

function invented(root: Element, json: unknown): readonly Found[] {
  const values = inventedValues(root, json)
  const ids = new Set(values.flatMap(({ about }) => (about ? [about.name] : [])))
  const places = values.length > 0 ? placesOf(root, ids) : []
  const top = { element: root, parent: undefined, index: 1 }
  return values.map(({ at, value, about }) => {
    const place = places.find(({ element }) => element === about) ?? top
    return {
      kind: 'invented',
      ...placed(place, place),
      words: 0,
      whole: true,
      excerpt: value,
      why: `The article JSON has it in ${at}, and the XML does not give it.`,
    }
  })
}

/** Links to what the article JSON does not have, and links of the XML to what the XML itself does not have. */
function deadLinks(root: Element, json: unknown): readonly Found[] {
  const links = placesOf(root, new Set(['xref', 'ext-link'])).map((place) => ({
    place,
    targets: targetsOf(place.element),
  }))
  const found = (place: Place, target: string, unfounded: boolean) => ({
    kind: 'dead-link' as const,
    ...placed(place, place),
    words: 0,
    whole: true,
    excerpt: textOf(place.element),
    why: `The link leads to "${target}", which is not in the ${unfounded ? 'XML: its words are shown without a link' : 'article JSON'}.`,
  })
  const ids = idsIn(root)
  const dead = deadTargets(json)
  const top = { element: root, parent: undefined, index: 1 }
  return [
    ...dead.map((target) => ({
      ...found(links.find(({ targets }) => targets.includes(target))?.place ?? top, target, false),
      ...(!links.some(({ targets }) => targets.includes(target)) && { excerpt: '' }),
    })),
    ...links.flatMap(({ place, targets }) =>
      targets.length > 0 && !targets.some((target) => ids.has(target) || dead.includes(target))
        ? [found(place, targets.join(' '), true)]
        : [],
    ),
  ]
}

/** Ids that an element of the XML leads to. */
function targetsOf(element: Element): readonly string[] {
  const [, place] = /^#(\S+)$/.exec(attributeOf(element, 'xlink:href') ?? '') ?? []
  const rids = (attributeOf(element, 'rid') ?? '').split(/\s+/).filter(Boolean)
  return place ? [...rids, place] : rids
}

function idsIn(element: Element, ids = new Set<string>()): ReadonlySet<string> {
  const id = attributeOf(element, 'id')
  if (id !== undefined) ids.add(id)
  for (const child of element.children) if (isElement(child)) idsIn(child, ids)
  return ids
}

function excerptOf(words: readonly string[]): string {
  const text = words.slice(0, 12).join(' ')
  return words.length > 12 ? `${text} …` : text
}
