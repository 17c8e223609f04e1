import { Type } from 'typebox'
import { Block, entriesOf, partOf, Person, type Article } from '../article/article.ts'
import { inlineMarkup, phraseMarkup, plainText } from '../markup/sanitise.ts'
import { when, doiLink, html, id, nothing, type Html } from '../markup/html.ts'
import type { Frame } from '../article/frame.ts'
import { nameOf, placeOf, roleOf } from './people.ts'

const optional = Type.Optional(Type.String())

const Funding = Type.Object({ awards: Type.Optional(Type.Unknown()), statement: optional, openAccess: optional })
const Award = Type.Object({
  id: optional,
  source: Type.Optional(Type.Object({ name: Type.Array(Type.String()) })),
  awardId: optional,
  recipients: Type.Optional(Type.Unknown()),
  details: optional,
})

export function funding(value: unknown, frame: Frame): Html | undefined {
  const known = partOf(Funding, value)
  const awards = entriesOf(Award, known?.awards).map(({ source, awardId, recipients, details, ...award }) => {
    const people = entriesOf(Person, recipients).map(nameOf).join(', ')
    return html`<li${id(award.id)}>
      ${when(source, ({ name }) => html`<b>${name.join(', ')}</b> `)}${awardId ? `(${awardId})` : ''}${people ? html`<br />${people}` : nothing}${when(details, (text) => html`<br />${inlineMarkup(text, frame.files)}`)}
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
  ${[known?.statement, known?.openAccess].map((statement) =>
    when(statement, (text) => html`<p>${inlineMarkup(text, frame.files)}</p>`),
  )}`
}

/** Lists the contributions and interests of authors, and the editors, reviewers and translators. */
export function contributions(
  article: Pick<Article, 'authors' | 'reviewers' | 'contributors'>,
  frame: Frame,
): Html | undefined {
  const authors = entriesOf(Person, article.authors)
  const told = authors.filter(hasMoreThanName)
  const others = [...entriesOf(Person, article.reviewers), ...entriesOf(Person, article.contributors)]
  if (told.length === 0 && others.length === 0) return undefined
  return html`<dl class="people">
    ${told.map((person) => entry(person, equals(person, authors), frame))}
    ${others.map((person) => entry(person, placesOf(person), frame))}
  </dl>`
}

function placesOf({ affiliations = [], emailAddresses = [], degrees = [] }: Person): string[] {
  return [...degrees, ...affiliations.map(placeOf), ...emailAddresses]
}

function hasMoreThanName(person: Person): boolean {
  const { contribution, competingInterests, additionalInformation, biography, deceased } = person
  const isEqual = (person.equalContributionGroups ?? []).length > 0
  const told = contribution ?? competingInterests ?? additionalInformation ?? biography ?? roleOf(person)
  return told !== undefined || deceased === true || isEqual || membersOf(person).length > 0
}

/** Names the authors who contributed equally, in sentences of the site. */
function equals(person: Person, authors: readonly Person[]): string[] {
  const groups = person.equalContributionGroups ?? []
  const others = authors.filter(
    (other) => other !== person && other.equalContributionGroups?.some((group) => groups.includes(group)),
  )
  return [
    ...(others.length > 0 ? [`Contributed equally with: ${others.map(nameOf).join(', ')}`] : []),
    ...(person.deceased ? ['Deceased'] : []),
  ]
}

function entry(person: Person, words: readonly string[], frame: Frame): Html {
  const { contribution, competingInterests, additionalInformation = [], biography } = person
  const texts = [contribution, competingInterests, ...additionalInformation]
  return html`<div>
    <dt>${nameOf(person)}${when(roleOf(person), (role) => html`, ${plainText(role)}`)}</dt>
    ${words.map((text) => html`<dd>${text}</dd>`)}
    ${texts.map((text) => when(text, (known) => html`<dd>${inlineMarkup(known, frame.files)}</dd>`))}
    ${when(biography, (blocks) => html`<dd>${frame.blocks(blocks, frame)}</dd>`)}
    ${membersOf(person).map((member) => {
      const places = (member.affiliations ?? []).map(placeOf)
      const life = when(member.biography, (blocks) => frame.blocks(blocks, frame))
      return html`<dd>${[nameOf(member), ...(member.degrees ?? []), ...places].join(', ')}${life}</dd>`
    })}
  </div>`
}

function membersOf({ people, groups = {}, soleMember }: Person): Person[] {
  const lists = [people, ...Object.values(groups), soleMember ? [soleMember] : []]
  return lists.flatMap((list) => entriesOf(Person, list))
}

const DataSets = Type.Object({
  availability: Type.Optional(Type.Array(Block)),
  generated: Type.Optional(Type.Unknown()),
  used: Type.Optional(Type.Unknown()),
  title: optional,
  introductions: Type.Optional(Type.Object({ generated: optional, used: optional })),
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
  remainder: Type.Optional(Type.Array(Type.String())),
})

/** The heading that an article gives the part about its data. */
export function dataSetsTitle(value: unknown): string | undefined {
  return partOf(DataSets, value)?.title
}

export function dataSets(value: unknown, frame: Frame): Html | undefined {
  const known = partOf(DataSets, value)
  if (!known) return undefined
  const { availability, generated, used, introductions = {} } = known
  if (!availability && !generated && !used) return undefined
  return html`${frame.blocks(availability, frame)} ${dataSetList(generated, introductions.generated, frame)}
  ${dataSetList(used, introductions.used, frame)}`
}

function dataSetList(value: unknown, introduction: string | undefined, frame: Frame): Html {
  const entries = entriesOf(DataSet, value).map((set) => {
    const people = entriesOf(Person, set.authors).map(nameOf).join(', ')
    const words = [people, set.date && `(${set.date})`, set.dataId].filter(Boolean).join(' ')
    return html`<li${id(set.id)}>
      <b>${phraseMarkup(set.title)}</b><br />${words} ${[set.details, ...(set.remainder ?? [])].map((text) => when(text, (known) => html`${inlineMarkup(known, frame.files)} `))}${when(set.doi, doiLink)}
      ${set.doi ? nothing : when(set.uri && frame.files.link(set.uri), (address) => html`<a href="${address}">${address}</a>`)}
    </li>`
  })
  if (entries.length === 0) return nothing
  return html`${when(introduction, (text) => html`<p>${inlineMarkup(text, frame.files)}</p>`)}
    <ul class="records">
      ${entries}
    </ul>`
}
