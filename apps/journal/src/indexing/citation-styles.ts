import { html, when, type Html } from '../markup/html.ts'
import type { ArticleFacts, Author } from './facts.ts'

/** A citation of an article in a style. */
export interface StyledCitation {
  style: string
  citation: Html
}

/** The citation of an article in each style that readers may choose. */
export function styledCitations(facts: ArticleFacts): StyledCitation[] {
  return [
    { style: 'APA', citation: apa(facts) },
    { style: 'Chicago', citation: chicago(facts) },
    { style: 'Harvard', citation: harvard(facts) },
    { style: 'MLA', citation: mla(facts) },
    { style: 'Vancouver', citation: vancouver(facts) },
  ]
}

interface Name {
  family: string
  /** Empty for a group, and for who has one name only. */
  given: string
}

/** `Publication manual of the APA`, 7th edition: up to 20 authors. */
function apa(facts: ArticleFacts): Html {
  const names = namesOf(facts).map(({ family, given }) => (given ? `${family}, ${dotted(given)}` : family))
  const all = names.length > 20 ? `${names.slice(0, 19).join(', ')}, . . . ${names.at(-1)}` : listed(names, ', & ')
  const { volume, journal } = facts
  const place = [volume && html`<i>${volume}</i>`, placeIn(facts)].filter((part) => part !== undefined)
  return html`${sentence(all)}(${yearOf(facts) ?? 'n.d.'}).
  ${sentence(facts.title)}<i>${journal.name}</i>${place.map((part) => html`, ${part}`)}. ${doiOf(facts)}`
}

/** `The Chicago manual of style`, author and date: up to ten authors, else seven. */
function chicago(facts: ArticleFacts): Html {
  const names = namesOf(facts).map(({ family, given }, index) => inverted(family, given, index === 0))
  const all = names.length > 10 ? `${names.slice(0, 7).join(', ')}, et al` : listed(names, ', and ')
  const { journal, volume } = facts
  const place = placeIn(facts)
  return html`${sentence(all)}${sentence(yearOf(facts) ?? 'n.d.')}“${sentence(facts.title).trim()}”
    <i>${journal.name}</i
    >${when(volume, (known) => html` ${known}`)}${when(place, (known) => html`${volume ? ':' : ','} ${known}`)}.
    ${doiOf(facts)}.`
}

/** Harvard as in `Cite them right`: up to three authors. */
function harvard(facts: ArticleFacts): Html {
  const names = namesOf(facts).map(({ family, given }) => (given ? `${family}, ${dotted(given)}` : family))
  const all = names.length > 3 ? html`${names[0]} <i>et al.</i>` : html`${listed(names, ' and ')}`
  const { journal, volume } = facts
  const place = [volume, placeIn(facts)].filter(Boolean).join(', ')
  return html`${all} (${yearOf(facts) ?? 'no date'}) ‘${facts.title.replace(/\.$/, '')}’,
    <i>${journal.name}</i>${place && `, ${place}`}. Available at: ${doiOf(facts)}.`
}

/** `MLA handbook`, 9th edition: up to two authors. */
function mla(facts: ArticleFacts): Html {
  const names = namesOf(facts).map(({ family, given }, index) => inverted(family, given, index === 0))
  const all = names.length > 2 ? `${names[0]}, et al` : listed(names, ', and ')
  const { volume, elocationId, pages, journal } = facts
  const range = pages && `${/[-–]/.test(pages) ? 'pp.' : 'p.'} ${pages}`
  const place = [volume && `vol. ${volume}`, yearOf(facts), elocationId ?? range].filter(Boolean)
  return html`${sentence(all)}“${sentence(facts.title).trim()}”
    <i>${journal.name}</i>${place.map((part) => `, ${part}`)}, ${doiOf(facts)}.`
}

/** `Citing medicine` of the NLM: up to six authors. */
function vancouver(facts: ArticleFacts): Html {
  const names = namesOf(facts).map(({ family, given }) => [family, initials(given).join('')].filter(Boolean).join(' '))
  const all = names.length > 6 ? [...names.slice(0, 6), 'et al'] : names
  const { journal, volume } = facts
  const place = placeIn(facts)
  const at = `${yearOf(facts) ?? '[date unknown]'}${volume ? `;${volume}` : ''}${place ? `:${place}` : ''}`
  return html`${sentence(all.join(', '))}${sentence(facts.title)}${journal.name}. ${at}. doi:
    <a href="https://doi.org/${facts.doi}">${facts.doi}</a>`
}

function namesOf({ authors }: ArticleFacts): Name[] {
  return authors.map(nameOf)
}

function nameOf({ index, name }: Author): Name {
  const [family, ...given] = index?.split(', ') ?? []
  return family && given.length > 0 ? { family, given: given.join(', ') } : { family: name, given: '' }
}

/** `Lovelace, Ada` for the first author, `Ada Lovelace` for others. */
function inverted(family: string, given: string, isFirst: boolean): string {
  if (!given) return family
  return isFirst ? `${family}, ${given}` : `${given} ${family}`
}

/** `Y.-H.` of `Ying-Hui`, `A. B.` of `Ada Beth`. */
function dotted(given: string): string {
  return given
    .split(/\s+/)
    .map((name) =>
      name
        .split('-')
        .map((part) =>
          /\p{Ll}/u.test(part)
            ? `${part.charAt(0)}.`
            : initials(part)
                .map((letter) => `${letter}.`)
                .join(' '),
        )
        .join('-'),
    )
    .join(' ')
}

/** `Y`, `H` of `Ying-Hui`; what is initials already, `HJ` or `H. J.`, stays. */
function initials(given: string): string[] {
  if (!/\p{Ll}/u.test(given)) return Array.from(given.replaceAll(/[^\p{L}]/gu, ''))
  return given
    .split(/[\s-]+/)
    .filter(Boolean)
    .map((name) => name.charAt(0).toUpperCase())
}

/** `A, B, and C` where `last` is `, and `; two have no comma before `and`. */
function listed(names: readonly string[], last: string): string {
  if (names.length < 2) return names.join('')
  const glue = names.length === 2 && last === ', and ' ? ' and ' : last
  return `${names.slice(0, -1).join(', ')}${glue}${names.at(-1)}`
}

/** Ends a text with a full stop, unless it has its own end, and a space. */
function sentence(text: string): string {
  return text === '' ? '' : `${/[.?!…]$/.test(text) ? text : `${text}.`} `
}

function placeIn({ elocationId, pages }: ArticleFacts): string | undefined {
  return elocationId ?? pages
}

function yearOf({ published }: ArticleFacts): string | undefined {
  return published?.slice(0, 4)
}

function doiOf({ doi }: ArticleFacts): Html {
  const address = `https://doi.org/${doi}`
  return html`<a href="${address}">${address}</a>`
}
