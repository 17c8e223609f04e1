import type { XmlElement } from '../xml/element.ts'

/** The content of an element: its children in order, `!` once, `?` at most once, `*` any number, `+` one or more; or text. */
type Model = readonly string[] | 'text' | 'inline'

/** The part of PubMed's DTD that our records use, written down from its documentation. */
const models: Readonly<Record<string, Model>> = {
  ArticleSet: ['Article+'],
  Article: [
    'Journal!',
    'Replaces?',
    'ArticleTitle?',
    'VernacularTitle?',
    'FirstPage?',
    'LastPage?',
    'ELocationID*',
    'Language*',
    'AuthorList?',
    'GroupList?',
    'PublicationType*',
    'ArticleIdList?',
    'History?',
    'Abstract?',
    'OtherAbstract*',
    'CopyrightInformation?',
    'CoiStatement?',
    'ObjectList?',
  ],
  Journal: ['PublisherName!', 'JournalTitle!', 'Issn!', 'Volume?', 'Issue?', 'PubDate!'],
  PubDate: ['Year!', 'Month?', 'Day?'],
  AuthorList: ['Author+'],
  Author: [
    'FirstName?',
    'MiddleName?',
    'LastName?',
    'Suffix?',
    'CollectiveName?',
    'Affiliation?',
    'AffiliationInfo*',
    'Identifier*',
  ],
  AffiliationInfo: ['Affiliation!', 'Identifier*'],
  GroupList: ['Group+'],
  Group: ['GroupName?', 'IndividualName*'],
  IndividualName: ['FirstName?', 'MiddleName?', 'LastName?', 'Suffix?', 'Affiliation?', 'Identifier*'],
  ArticleIdList: ['ArticleId+'],
  History: ['PubDate*'],
  Abstract: ['AbstractText+'],
  OtherAbstract: ['AbstractText+'],
  ObjectList: ['Object+'],
  Object: ['Param*'],
  ArticleTitle: 'inline',
  AbstractText: 'inline',
}

const inlineTags = ['b', 'i', 'u', 'sup', 'sub']

const allowed: Readonly<Record<string, readonly [attribute: string, pattern: RegExp]>> = {
  Replaces: ['IdType', /^(pubmed|pii|doi)$/],
  ELocationID: ['EIdType', /^(doi|pii)$/],
  ArticleId: ['IdType', /^(pii|doi|pmcid|pmpid|pmid|medline|mid)$/],
  PubDate: ['PubStatus', /^(received|accepted|revised|ppublish|epublish|aheadofprint|ecollection)$/],
  Identifier: ['Source', /^(ORCID|ISNI|GRID|ROR)$/],
  OtherAbstract: ['Type', /^plain-language-summary$/],
  Param: ['Name', /^(type|id|value|grantor|country)$/],
}

/**
 * Checks a record by the order of its elements, the parts that it must have and the tags that may stand in its texts; no problem
 * where PubMed's DTD 2.8 allows it. The DTD itself is in no package that could be shipped.
 */
export function pubmedProblems(element: XmlElement): readonly string[] {
  return [
    ...own(element),
    ...element.children.flatMap((child) => (typeof child === 'string' ? [] : pubmedProblems(child))),
  ]
}

function own(element: XmlElement): readonly string[] {
  const { name, children, attributes } = element
  const [attribute, pattern] = allowed[name] ?? []
  const badAttribute =
    attribute !== undefined && pattern !== undefined && !pattern.test(attributes[attribute] ?? '')
      ? [`${name} has ${attribute}="${attributes[attribute] ?? ''}"`]
      : []
  if (inlineTags.includes(name)) return children.length === 0 ? [`an empty ${name}`] : inlineProblems(element)
  const model = models[name] ?? 'text'
  if (typeof model !== 'string') return [...badAttribute, ...orderProblems(element, model)]
  if (children.length === 0 && attributes['EmptyYN'] !== 'Y') return [...badAttribute, `${name} is empty`]
  return [...badAttribute, ...(model === 'inline' ? inlineProblems(element) : textProblems(element))]
}

function orderProblems({ name, children }: XmlElement, model: readonly string[]): readonly string[] {
  const names = children.map((child) => (typeof child === 'string' ? '(text)' : child.name))
  const known = model.map((part) => part.slice(0, -1))
  const strange = names.filter((child) => !known.includes(child))
  const places = names.map((child) => known.indexOf(child)).filter((place) => place >= 0)
  const unordered = places.findIndex((place, index) => index > 0 && place < (places[index - 1] ?? 0))
  const counts = model.flatMap((part) => {
    const [child, mark] = [part.slice(0, -1), part.slice(-1)]
    const { length } = names.filter((each) => each === child)
    if (length === 0 && (mark === '!' || mark === '+')) return [`${name} has no ${child}`]
    return length > 1 && (mark === '!' || mark === '?') ? [`${name} has ${length} ${child}`] : []
  })
  return [
    ...strange.map((child) => `${name} has ${child}, which is not allowed there`),
    ...(unordered < 0 ? [] : [`${name} has ${names[unordered]} after ${names[unordered - 1]}`]),
    ...counts,
  ]
}

function inlineProblems({ name, children }: XmlElement): readonly string[] {
  return children.flatMap((child) =>
    typeof child === 'string' || inlineTags.includes(child.name) ? [] : [`${name} has ${child.name} in its text`],
  )
}

function textProblems({ name, children }: XmlElement): readonly string[] {
  return children.some((child) => typeof child !== 'string') ? [`${name} may hold text only`] : []
}
