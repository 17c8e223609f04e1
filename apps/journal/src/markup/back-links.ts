import { html, safe, type Html } from './html.ts'

/** The way back from a note; `withBackLinks` takes it out where nothing refers to the note. */
export function backLink(id: string): Html {
  return html`<a class="back" href="#${backId(id)}" aria-label="Back to the text">↩</a>`
}

/**
 * A text in which the first link to each note is a place that the note leads back to. Notes that no link leads to have no
 * way back.
 */
export function withBackLinks(text: Html): Html {
  const written = text.toString()
  const links = written.matchAll(/<a class="back" href="#([^"]*)"[^>]*>[^<]*<\/a>/g)
  const wanted = new Set([...links].map(([, id = '']) => decoded(id)))
  const placed = new Set<string>()
  const linked = written.replaceAll(/<a href="#([^"]*)"/g, (link, target: string) => {
    const id = backId(decoded(target))
    if (!wanted.has(id) || placed.has(id)) return link
    placed.add(id)
    return `<a id="${backId(target)}" href="#${target}"`
  })
  return safe(
    linked.replaceAll(/<a class="back" href="#([^"]*)"[^>]*>[^<]*<\/a>/g, (link, id: string) =>
      placed.has(decoded(id)) ? link : '',
    ),
  )
}

function backId(id: string): string {
  return `back-${id}`
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
