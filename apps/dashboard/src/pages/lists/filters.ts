import type { Journal } from '@continuum/article'
import { html, join, nothing, when, type Html } from '@continuum/service'
import { sortColumns, type FilterValues, type Sort } from '../../store/lists.ts'
import { viaText } from './archive-row.ts'
import { chipLabels, chipNames, listPath, readSort, valuesOf, type Chip, type ListQuery } from './list-query.ts'
import { sectionNames } from './section-names.ts'

/** The values that the filters of a list offer. */
export interface FilterChoices extends FilterValues {
  /** The accounts that may take care of an article. */
  readonly assignable: readonly string[]
  /** The journals of the environment, for their names. */
  readonly journals: readonly Journal[]
}

/** A list with filters. */
export interface FilteredList {
  /** The path of its page. */
  readonly base: '/current' | '/archive'
  readonly query: ListQuery
  readonly choices: FilterChoices
}

/** Renders the filter of a list: a chip for each part, and the form that adds others. */
export function filtersHtml(list: FilteredList): Html {
  return html`<div id="filters" class="filters">${chipsHtml(list)} ${formHtml(list)} ${sortHtml(list)}</div>`
}

function chipsHtml({ base, query, choices }: FilteredList): Html {
  const chips = chipNames.flatMap((name) =>
    valuesOf(query, name).map((value, _, all) => {
      const path = listPath(base, query, { [name]: all.filter((one) => one !== value) })
      const text = valueText(name, value, choices.journals)
      return html`<li>
        <a class="chip" href="${path}"
          ><span class="quiet-voice">Remove the filter </span>${chipLabels[name]}${text === '' ? '' : `: ${text}`}
          <span aria-hidden="true">×</span></a
        >
      </li>`
    }),
  )
  if (chips.length === 0) return nothing
  const clear = html`<li><a href="${base}">Clear all</a></li>`
  return html`<ul class="chips" aria-label="Filters">
    ${chips}${chips.length > 1 ? clear : nothing}
  </ul>`
}

/** Returns the text of a value, without what its label says already. */
function valueText(name: Chip, value: string, journals: readonly Journal[]): string {
  if (name === 'journal') return journalName(journals, value)
  if (name === 'section') return sectionNames[value] ?? value
  if (name === 'overdue') return ''
  if (name === 'via') return Object.entries(viaText).find(([via]) => via === value)?.[1] ?? value
  if (name === 'from' || name === 'to' || name === 'arrived')
    return value.replace('T', ' ').replace(/(:\d\d)(\.\d+)?Z$/, ' UTC')
  return value
}

/** Names a journal by its prefix; one that the environment no longer has, by that. */
function journalName(journals: readonly Journal[], prefix: string): string {
  return journals.find((journal) => journal.prefix.toLowerCase() === prefix)?.name ?? prefix
}

const sectionsOf = {
  '/current': ['error', 'uir', 'in-progress', 'finishing', 'scheduled', 'waiting'],
  '/archive': ['published', 'dismissed'],
} as const

function formHtml({ base, query, choices }: FilteredList): Html {
  const pick = (name: Chip, options: readonly (readonly [string, string])[]) => {
    const [chosen, ...others] = valuesOf(query, name)
    const known = chosen === undefined || options.some(([value]) => value === chosen)
    const all = known ? options : [...options, [chosen, chosen] as const]
    return html`<p>
      <label for="f-${name}">${chipLabels[name]}</label>
      <select id="f-${name}" name="${name}">
        <option value="">any</option>
        ${all.map(
          ([value, text]) =>
            html`<option value="${value}" ${value === chosen ? html`selected` : nothing}>${text}</option>`,
        )}</select
      >${others.map((value) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    </p>`
  }
  const same = (values: readonly string[]) => values.map((value) => [value, value] as const)
  const field = (name: Chip, type: string) => {
    const [value = ''] = valuesOf(query, name)
    const shown = type === 'date' ? value.slice(0, 10) : value
    return html`<p>
      <label for="f-${name}">${chipLabels[name]}${type === 'date' ? ' (UTC)' : ''}</label>
      <input id="f-${name}" name="${name}" type="${type}" value="${shown}" />
    </p>`
  }
  const archive = base === '/archive'
  return html`<details id="filter-panel">
    <summary>Filter</summary>
    <form class="filter" action="${base}" id="filter-form">
      ${field('q', 'search')}
      ${pick(
        'section',
        sectionsOf[base].map((name) => [name, sectionNames[name] ?? name]),
      )}
      ${pick(
        'journal',
        choices.journal.map((prefix) => [prefix, journalName(choices.journals, prefix)]),
      )}
      ${pick('subject', same(choices.subject))} ${pick('type', same(choices.kind))}
      ${pick('status', [
        ['POA', 'PoA'],
        ['VOR', 'VoR'],
      ])}
      ${pick('findings', [
        ['yes', 'with findings'],
        ['no', 'without findings'],
      ])}
      ${pick('step', same(choices.step))}
      ${
        archive
          ? pick('via', Object.entries(viaText))
          : pick(
              'cause',
              choices.cause.map(({ cause, count }) => [cause, `${cause} (${count})`]),
            )
      }
      ${pick('assignee', [['nobody', 'nobody'], ...same(choices.assignable)])}
      ${archive ? nothing : pick('overdue', [['yes', 'overdue']])} ${field('from', 'date')} ${field('to', 'date')}
      ${field('arrived', 'date')}${when(
        valuesOf(query, 'sort')[0],
        (sort) => html`<input type="hidden" name="sort" value="${sort}" />`,
      )}
      <p><button>Show</button></p>
    </form>
  </details>`
}

const sortLabels: Readonly<Record<Sort['column'], string>> = {
  number: 'Number',
  title: 'Title',
  kind: 'Type',
  journal: 'Journal',
  step: 'Step',
  since: 'Time',
  arrived: 'Arrival',
  due: 'Due',
  assignee: 'Assigned to',
}

/** Renders the columns to sort by; one that is sorted by turns round. */
function sortHtml({ base, query }: FilteredList): Html {
  const sort = readSort(query)
  const links = sortColumns.map((column) => {
    const by = sort?.column === column
    const path = listPath(base, query, { sort: by && !sort.descending ? `-${column}` : column })
    const arrow = by ? html` <span aria-hidden="true">${sort.descending ? '↓' : '↑'}</span>` : nothing
    return html`<a href="${path}" ${by ? html`aria-current="true"` : nothing}
      >${sortLabels[column]}${arrow}${when(by, () => html`<span class="quiet-voice">${sort?.descending ? ', descending' : ', ascending'}</span>`)}</a
    >`
  })
  return html`<p id="sort" class="sort">
    <span>Sort by</span> ${join(links, ' ')}${when(
      sort,
      () => html` <a href="${listPath(base, query, { sort: [] })}">no order</a>`,
    )}
  </p>`
}
