import { html, safe, type Html } from './html.ts'

/** The way back from a note; `withBackLinks` takes it out where nothing refers to the note. */
export function backLink(id: string): Html {
  return html`<a class="back" href="#${backId(id)}" aria-label="Back to the text">↩</a>`
}

/** The ways back from a reference to each place where it is cited; `withBackLinks` fills them in. */
export function placesCiting(id: string): Html {
  return html`<span class="citing" data-of="${id}"></span>`
}

const notePattern = /<a class="back" href="#([^"]*)"[^>]*>[^<]*<\/a>/g
const citingPattern = /<span class="citing" data-of="([^"]*)"><\/span>/g

/**
 * A text in which the first link to each note is a place that the note leads back to, and every link to a reference one that
 * the reference leads back to. What no link leads to has no way back.
 */
export function withBackLinks(text: Html): Html {
  const written = text.toString()
  const idsIn = (pattern: RegExp) => new Set([...written.matchAll(pattern)].map(([, id = '']) => decoded(id)))
  const [notes, references] = [idsIn(notePattern), idsIn(citingPattern)]
  const noted = new Set<string>()
  const cited = new Map<string, number>()
  const linked = written.replaceAll(/<a href="#([^"]*)"/g, (link, target: string) => {
    const id = decoded(target)
    if (references.has(id)) {
      const place = (cited.get(id) ?? 0) + 1
      cited.set(id, place)
      return `<a id="${citingId(target, place)}" href="#${target}"`
    }
    if (!notes.has(backId(id)) || noted.has(id)) return link
    noted.add(id)
    return `<a id="${backId(target)}" href="#${target}"`
  })
  return safe(
    linked
      .replaceAll(notePattern, (link, id: string) => (noted.has(decoded(id).slice(backId('').length)) ? link : ''))
      .replaceAll(citingPattern, (_, id: string) => citingLinks(id, cited.get(decoded(id)) ?? 0)),
  )
}

/** @param id as it is written in the page */
function citingLinks(id: string, places: number): string {
  if (places === 0) return ''
  const links = Array.from({ length: places }, (_, index) => {
    const place = index + 1
    return `<a href="#${citingId(id, place)}" aria-label="${place}, place ${place} of ${places} in the text">${place}</a>`
  })
  return `<span class="citing">Cited in the text: ${links.join(' ')}</span>`
}

function backId(id: string): string {
  return `back-${id}`
}

function citingId(id: string, place: number): string {
  return `citing-${id}-${place}`
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x2F': '/',
  '#x60': '`',
  '#x3D': '=',
}

function decoded(text: string): string {
  return text.replaceAll(/&([^;]+);/g, (entity, name: string) => entities[name] ?? entity)
}
