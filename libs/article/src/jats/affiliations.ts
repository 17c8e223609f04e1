import { isCovered, wordsIn } from './coverage.ts'
import { attributeOf, childOf, childrenOf, descendantsOf, isElement, textOf, type Element, type Node } from './tree.ts'

/** The place where somebody works, in the parts that the XML marks. */
export interface Affiliation {
  readonly id: string | undefined
  readonly departments: readonly string[]
  readonly institutions: readonly string[]
  /** Departments that are not marked as institutions; the EIF does not know them. */
  readonly units: readonly string[]
  readonly city: string | undefined
  readonly country: string | undefined
  /** Every part of the address, in its order; empty where the affiliation is only text. */
  readonly address: readonly { readonly kind: AddressKind; readonly text: string }[]
  readonly emails: readonly string[]
  /** Addresses that identify the institution in the Research Organization Registry: `https://ror.org/...`. */
  readonly rorIds: readonly string[]
  /** The whole as plain text, without label and e-mail address. */
  readonly text: string
}

type AddressKind = 'street' | 'city' | 'area' | 'postalCode' | 'country'
type PartKind = AddressKind | 'department' | 'unit' | 'institution' | 'original' | 'email' | 'loose'

interface Part {
  readonly kind: PartKind
  readonly text: string
}

/**
 * Reads an `aff` element. Where it has words outside of its marked parts the parts would not be the whole: it is only
 * text then.
 */
export function readAffiliation(aff: Element): Affiliation {
  const parts = partsOf(withoutLabel(aff.children), undefined)
  const marked = withoutRepetitions(parts)
  const ofKind = (kind: PartKind) => marked.filter((part) => part.kind === kind).map(({ text }) => text)
  const institutions = [...ofKind('original'), ...ofKind('institution')]
  const names = [...ofKind('unit'), ...ofKind('department'), ...institutions]
  const isText = names.length === 0 || parts.some(({ kind }) => kind === 'loose')
  const address = marked.flatMap(({ kind, text }) => (isAddress(kind) ? [{ kind, text }] : []))
  const locality = address.find(({ kind }) => kind === 'city') ?? address.find(({ kind }) => kind === 'street')
  return {
    id: attributeOf(aff, 'id'),
    departments: isText ? [] : ofKind('department'),
    institutions: isText ? [] : institutions,
    units: isText ? [] : ofKind('unit'),
    city: locality?.text,
    country: ofKind('country')[0],
    address: isText ? [] : address,
    emails: parts.flatMap(({ kind, text }) => (kind === 'email' ? [text] : [])),
    rorIds: rorIdsIn(aff),
    text: wholeText(withoutLabel(aff.children).filter((node) => !isElement(node, 'email'))).replace(/[\s,;]+$/, ''),
  }
}

/** The text as it is written; commas between parts that nothing else divides. */
function wholeText(nodes: readonly Node[]): string {
  const isWritten = nodes.some((node) => !isElement(node) && wordsIn(node).length + node.trim().length > 0)
  if (isWritten) return textOf({ name: '', attributes: {}, line: 0, children: nodes })
  return nodes
    .map((node) =>
      isElement(node, 'addr-line', 'address', 'institution-wrap') ? wholeText(node.children) : textOf(node),
    )
    .filter(Boolean)
    .join(', ')
}

/** A ROR id is known by its address; it may be written with blanks around, or without https. */
function rorIdsIn(aff: Element): readonly string[] {
  const ids = [...descendantsOf(aff, ['institution-id'])].flatMap(
    (id) => /(?:ror\.org\/)?(0[a-hj-km-np-tv-z\d]{6}\d{2})\s*$/i.exec(textOf(id))?.[1]?.toLowerCase() ?? [],
  )
  return [...new Set(ids)].map((id) => `https://ror.org/${id}`)
}

/** Affiliations of an element: those in it, and each form of those that it has in alternatives. */
export function affiliationsIn(element: Element | undefined): readonly Element[] {
  return childrenOf(element, 'aff', 'aff-alternatives').flatMap(formsOf)
}

/** The `aff` elements that an `aff` or an `aff-alternatives` stands for. */
export function formsOf(element: Element): readonly Element[] {
  return element.name === 'aff' ? [element] : childrenOf(element, 'aff')
}

/** A label, or a mark that stands in its place at the beginning. */
function withoutLabel(nodes: readonly Node[]): readonly Node[] {
  const rest = nodes.filter((node) => !isElement(node, 'label', 'institution-id', 'xref', 'target'))
  const first = rest.findIndex((node) => textOf(node) !== '')
  const mark = rest[first]
  return mark !== undefined && isElement(mark, 'sup') && textOf(mark).length <= 3 ? rest.toSpliced(first, 1) : rest
}

function partsOf(nodes: readonly Node[], around: Element | undefined): readonly Part[] {
  return nodes.flatMap((node): readonly Part[] => {
    const text = textOf(node).replace(/[\s,;]+$/, '')
    if (wordsIn(text).length === 0) return []
    if (!isElement(node)) return [{ kind: around?.name === 'addr-line' ? 'street' : 'loose', text: trimmed(text) }]
    if (['institution-id', 'label', 'xref'].includes(node.name)) return []
    const kind = kindOf(node)
    if (kind) return [{ kind, text }]
    const isWrapper = ['institution-wrap', 'addr-line', 'named-content', 'styled-content', 'address'].includes(
      node.name,
    )
    return isWrapper ? partsOf(node.children, node) : [{ kind: 'loose', text }]
  })
}

const kinds: Readonly<Record<string, PartKind>> = {
  city: 'city',
  state: 'area',
  'postal-code': 'postalCode',
  country: 'country',
  email: 'email',
  department: 'unit',
  dept: 'unit',
  institution: 'institution',
  postcode: 'postalCode',
  street: 'street',
}

function kindOf(element: Element): PartKind | undefined {
  const type = attributeOf(element, 'content-type') ?? ''
  if (element.name === 'institution') {
    if (type === 'original') return 'original'
    return type === 'dept' || type.startsWith('orgdiv') ? 'department' : 'institution'
  }
  if (element.name === 'addr-line' && !element.children.some((node) => isElement(node))) return kinds[type] ?? 'city'
  return element.name === 'named-content' ? kinds[type] : kinds[element.name]
}

/** Some journals give the whole as it was written beside its parts: what it says already is not said again. */
function withoutRepetitions(parts: readonly Part[]): readonly Part[] {
  const whole = parts.filter(({ kind }) => kind === 'original').map(({ text }) => text)
  if (whole.length === 0) return parts
  return parts.filter(({ kind, text }) => kind === 'original' || !isCovered(text, whole))
}

function isAddress(kind: PartKind): kind is AddressKind {
  return ['street', 'city', 'area', 'postalCode', 'country'].includes(kind)
}

function trimmed(text: string): string {
  return text.replace(/^[\s,;]+/, '')
}

/** Affiliations that belong to all contributors of a group because nobody points to one: those beside them, or around. */
export function sharedAffiliations(group: Element, around: Element | undefined): readonly Element[] {
  const own = affiliationsIn(group)
  return own.length > 0 || childOf(group, 'aff') ? own : affiliationsIn(around)
}
