import type { Journal } from '@continuum/article'
import type { CatalogueArticle } from '../catalogue/catalogue.ts'
import { exceptionOf, type CounterException } from './exceptions.ts'
import { itemsOf, type UsedArticle } from './items.ts'
import { earlier, later, type ReadyMonths } from './months.ts'
import type { MonthlyUsage } from './performance.ts'
import { reportKinds, metricTypes } from './report-kinds.ts'
import type { ReportQuery } from './query.ts'

/** Customer and name of usage that is nobody's in particular: an open-access journal knows no institutions. */
export const world = { customerId: '0000000000000000', name: 'The World' }

/** The months of a request for which there is usage, and what is told of the others. */
export function monthsToReport(
  { begin, end }: Pick<ReportQuery, 'begin' | 'end'>,
  ready: ReadyMonths | undefined,
): { months: ReadyMonths | undefined; exceptions: CounterException[] } {
  const before = ready && Temporal.PlainYearMonth.compare(begin, ready.first) < 0
  const after = !ready || Temporal.PlainYearMonth.compare(end, ready.last) > 0
  const exceptions = [
    ...(before ? [exceptionOf(3032, `usage begins in ${ready.first.toString()}`)] : []),
    ...(after ? [exceptionOf(3031, ready ? `usage is processed to ${ready.last.toString()}` : undefined)] : []),
  ]
  if (!ready) return { months: undefined, exceptions }
  const months = { first: later(begin, ready.first), last: earlier(end, ready.last) }
  return { months: Temporal.PlainYearMonth.compare(months.first, months.last) > 0 ? undefined : months, exceptions }
}

/**
 * Makes a report. Pure: all usage of its months goes in.
 *
 * @param context.exceptions what is told of months without usage
 */
export function makeReport(
  query: ReportQuery,
  usage: readonly MonthlyUsage[],
  context: {
    journals: readonly Journal[]
    articles: readonly CatalogueArticle[]
    exceptions: readonly CounterException[]
    createdBy: string
    now: Temporal.Instant
  },
): object {
  const items = query.matches ? itemsOf(query, usedArticles(query, usage, context)) : []
  const exceptions = [...query.exceptions, ...context.exceptions]
  const told = items.length === 0 && exceptions.length === 0 ? [exceptionOf(3030)] : exceptions
  const { id, name } = reportKinds[query.report]
  return {
    Report_Header: {
      Release: '5.1',
      Report_ID: id,
      Report_Name: name,
      Created: context.now.toString({ smallestUnit: 'second' }),
      Created_By: context.createdBy,
      Institution_Name: world.name,
      Institution_ID: { Proprietary: [`continuum:${world.customerId}`] },
      Registry_Record: '',
      Report_Filters: filtersOf(query),
      ...attributesOf(query),
      ...(told.length > 0 && { Exceptions: told }),
    },
    Report_Items: items,
  }
}

function filtersOf(query: ReportQuery): object {
  const { report, begin, end, given } = query
  const lastDay = end.toPlainDate({ day: end.daysInMonth }).toString()
  const fixed = {
    pr_p1: {
      Metric_Type: ['Searches_Platform', 'Total_Item_Requests', 'Unique_Item_Requests', 'Unique_Title_Requests'],
      Access_Method: ['Regular'],
    },
    tr_j3: { Metric_Type: metricTypes, Data_Type: ['Journal'], Access_Method: ['Regular'] },
    pr: {},
    tr: {},
    ir: {},
  }[report]
  return { ...fixed, ...given, Begin_Date: `${begin.toString()}-01`, End_Date: lastDay }
}

function attributesOf({ report, attributes, granularity, parentDetails }: ReportQuery): object {
  const shown = {
    ...(reportKinds[report].filters.length > 0 && attributes.length > 0 && { Attributes_To_Show: attributes }),
    ...(granularity === 'Total' && { Granularity: granularity }),
    ...(parentDetails && { Include_Parent_Details: 'True' }),
  }
  return Object.keys(shown).length > 0 ? { Report_Attributes: shown } : {}
}

function usedArticles(
  query: ReportQuery,
  usage: readonly MonthlyUsage[],
  { journals, articles }: { journals: readonly Journal[]; articles: readonly CatalogueArticle[] },
): UsedArticle[] {
  const known = new Map(articles.map((article) => [article.id, article]))
  const used = [...Map.groupBy(usage, ({ article }) => article)].flatMap(([id, months]): UsedArticle[] => {
    const named = journals.find(({ bareIds, prefix }) => !bareIds && id.startsWith(`${prefix}-`))
    const journal = named ?? journals.find(({ bareIds }) => bareIds)
    return journal ? [{ id, journal, article: known.get(id), usage: months }] : []
  })
  return used.filter((each) => isWanted(query, each))
}

function isWanted({ yop, platform, itemId, report }: ReportQuery, { journal, article, id }: UsedArticle): boolean {
  const year = yearOf(article)
  if (yop && !yop.some(([from, to]) => year >= from && year <= to)) return false
  if (platform !== undefined && platform !== journal.name) return false
  if (itemId === undefined) return true
  const ids = report === 'ir' ? [article?.doi, id, `${journal.prefix}:${id}`] : [journal.issn, journal.prefix]
  return ids.includes(itemId.replace(/^(?:DOI|Online_ISSN|Proprietary):/i, ''))
}

/** The year of publication; 1 for unknown, as COUNTER writes 0001. */
export function yearOf(article: CatalogueArticle | undefined): number {
  return Number(article?.published?.slice(0, 4) ?? 1)
}
