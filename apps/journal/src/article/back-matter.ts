import { Type } from 'typebox'
import { Block, entriesOf, partOf, Person, type Article } from './article.ts'
import { inlineMarkup, phraseMarkup, plainText } from '../markup/sanitise.ts'
import { about, doiLink, html, id, nothing, type Html } from '../markup/html.ts'
import type { Frame } from './frame.ts'
import { nameOf, placeOf, roleOf } from './people.ts'

const optional = Type.Optional(Type.String())

const Funding = Type.Object({ awards: Type.Optional(Type.Unknown()), statement: optional })
const Award = Type.Object({
  id: optional,
  source: Type.Object({ name: Type.Array(Type.String()) }),
  awardId: optional,
  recipients: Type.Optional(Type.Unknown()),
})

export function funding(value: unknown, frame: Frame): Html | undefined {
  const known = partOf(Funding, value)
  const awards = entriesOf(Award, known?.awards).map(({ source, awardId, recipients, ...award }) => {
    const people = entriesOf(Person, recipients).map(nameOf).join(', ')
    return html`<li${id(award.id)}>
      <b>${source.name.join(', ')}</b>${awardId ? ` (${awardId})` : ''}${people ? html`<br />${people}` : nothing}
    </li>`
  })
  if (awards.length === 0 && !known?.statement) return undefined
  return html`${
    awards.length > 0
      ? html`<ul class="records">
          ${awards}
        </ul>`
      : nothing
  }
  ${about(known?.statement, (statement) => html`<p>${inlineMarkup(statement, frame.files)}</p>`)}`
}

/** What each author did and declares, and who edited and reviewed. */
export function contributions(article: Article, frame: Frame): Html | undefined {
  const authors = entriesOf(Person, article.authors).filter(
    (person) => person.contribution || person.competingInterests,
  )
  const reviewers = entriesOf(Person, article.reviewers)
  if (authors.length === 0 && reviewers.length === 0) return undefined
  const entry = (person: Person) =>
    html`<div>
      <dt>${nameOf(person)}${about(roleOf(person), (role) => html`, ${plainText(role)}`)}</dt>
      ${about(person.contribution, (text) => html`<dd>${inlineMarkup(text, frame.files)}</dd>`)}
      ${about(person.competingInterests, (text) => html`<dd>${inlineMarkup(text, frame.files)}</dd>`)}
      ${reviewers.includes(person) ? (person.affiliations ?? []).map((place) => html`<dd>${placeOf(place)}</dd>`) : nothing}
    </div>`
  return html`<dl class="people">${[...authors, ...reviewers].map(entry)}</dl>`
}

const DataSets = Type.Object({
  availability: Type.Optional(Type.Array(Block)),
  generated: Type.Optional(Type.Unknown()),
  used: Type.Optional(Type.Unknown()),
})
const DataSet = Type.Object({
  id: optional,
  title: Type.String(),
  date: optional,
  authors: Type.Optional(Type.Unknown()),
  dataId: optional,
  details: optional,
  doi: optional,
  uri: optional,
})

export function dataSets(value: unknown, frame: Frame): Html | undefined {
  const known = partOf(DataSets, value)
  if (!known) return undefined
  return html`${frame.blocks(known.availability, frame)} ${dataSetList(known.generated, frame)}
  ${dataSetList(known.used, frame)}`
}

function dataSetList(value: unknown, frame: Frame): Html {
  const entries = entriesOf(DataSet, value).map((set) => {
    const people = entriesOf(Person, set.authors).map(nameOf).join(', ')
    const words = [people, set.date && `(${set.date})`, set.dataId, set.details].filter(Boolean).join(' ')
    return html`<li${id(set.id)}>
      <b>${phraseMarkup(set.title)}</b><br />${words} ${about(set.doi, doiLink)}
      ${set.doi ? nothing : about(set.uri && frame.files.link(set.uri), (address) => html`<a href="${address}">${address}</a>`)}
    </li>`
  })
  return entries.length > 0
    ? html`<ul class="records">
        ${entries}
      </ul>`
    : nothing
}
