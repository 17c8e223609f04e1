import { CounterRequestError, exceptionOf, type CounterException } from './exceptions.ts'
import { metricTypes, reportKinds, type MetricType, type ReportName } from './report-kinds.ts'

/** A request for a report, understood. */
export interface ReportQuery {
  report: ReportName
  begin: Temporal.PlainYearMonth
  end: Temporal.PlainYearMonth
  /** The filters as they were given, for the header. */
  given: Record<string, string | string[]>
  metrics: readonly MetricType[]
  yop?: [from: number, to: number][]
  itemId?: string
  platform?: string
  /** False where a filter excludes everything that is here, such as access_type=Controlled. */
  matches: boolean
  attributes: readonly string[]
  granularity: 'Month' | 'Total'
  parentDetails: boolean
  /** Parameters and values that are not understood; the report is made without them. */
  exceptions: CounterException[]
}

const common = new Set(['customer_id', 'requestor_id', 'api_key', 'platform', 'begin_date', 'end_date'])

/** Filters of values that all usage here has, or has not. */
const constant: Record<string, { header: string; ours: (report: ReportName) => string; known: readonly string[] }> = {
  data_type: {
    header: 'Data_Type',
    ours: (report) => (report === 'ir' ? 'Article' : 'Journal'),
    known: [
      'Article',
      'Journal',
      'Book',
      'Conference',
      'Database_Full_Item',
      'Multimedia',
      'Other',
      'Platform',
      'Report',
    ],
  },
  access_type: { header: 'Access_Type', ours: () => 'Open', known: ['Controlled', 'Free_To_Read', 'Open'] },
  access_method: { header: 'Access_Method', ours: () => 'Regular', known: ['Regular', 'TDM'] },
}

/**
 * Reads the parameters of a report.
 *
 * @throws CounterRequestError 3020 where a date is absent or wrong
 */
export function readQuery(report: ReportName, parameters: Readonly<Record<string, string>>): ReportQuery {
  const { filters, attributes } = reportKinds[report]
  const exceptions: CounterException[] = []
  const given: ReportQuery['given'] = {}
  const query: ReportQuery = {
    report,
    ...readDates(parameters),
    given,
    metrics: report === 'pr_p1' ? metricTypes.filter((name) => name.endsWith('Requests')) : metricTypes,
    matches: true,
    attributes: filters.length === 0 ? attributes : [],
    granularity: 'Month',
    parentDetails: false,
    exceptions,
  }
  for (const [name, text] of Object.entries(parameters)) {
    if (common.has(name) || text === '') continue
    if (!filters.some((known) => known === name)) exceptions.push(exceptionOf(3050, name))
    else applyFilter(query, name, text.split('|'))
  }
  const { platform } = parameters
  if (platform) Object.assign(query, { platform })
  if (platform) given['Platform'] = platform
  return query
}

function applyFilter(query: ReportQuery, name: string, values: string[]): void {
  const { given, exceptions, report } = query
  const invalid = (code: 3060 | 3062) => exceptions.push(exceptionOf(code, `${name}=${values.join('|')}`))
  const rule = constant[name]
  if (rule) {
    if (!values.every((value) => rule.known.includes(value))) return void invalid(3060)
    given[rule.header] = values
    query.matches &&= values.includes(rule.ours(report))
    return
  }
  switch (name) {
    case 'metric_type': {
      const metrics = metricTypes.filter((metric) => values.includes(metric))
      if (metrics.length < values.length) return void invalid(3060)
      given['Metric_Type'] = values
      query.metrics = metrics
      return
    }
    case 'yop': {
      const ranges = values.map((value) => /^(\d{4})(?:-(\d{4}))?$/.exec(value))
      if (ranges.includes(null)) return void invalid(3060)
      given['YOP'] = values
      query.yop = ranges.map((range) => [Number(range?.[1]), Number(range?.[2] ?? range?.[1])])
      return
    }
    case 'item_id':
      given['Item_ID'] = values.join('|')
      query.itemId = values.join('|')
      return
    case 'granularity':
      if (values[0] !== 'Month' && values[0] !== 'Total') return void invalid(3062)
      query.granularity = values[0]
      return
    case 'include_parent_details':
      query.parentDetails = values[0] === 'True'
      return
    default: {
      const known: readonly string[] = reportKinds[report].attributes
      if (!values.every((value) => known.includes(value))) return void invalid(3062)
      query.attributes = values
    }
  }
}

function readDates(parameters: Readonly<Record<string, string>>): Pick<ReportQuery, 'begin' | 'end'> {
  const { begin_date: from = '', end_date: to = '' } = parameters
  if (from === '' || to === '') throw new CounterRequestError(1030, 'begin_date and end_date are required')
  const [begin, end] = [readMonth(from), readMonth(to)]
  if (!begin || !end || Temporal.PlainYearMonth.compare(begin, end) > 0) {
    throw new CounterRequestError(3020, `begin_date=${from}, end_date=${to}`)
  }
  return { begin, end }
}

function readMonth(text: string): Temporal.PlainYearMonth | undefined {
  if (!/^\d{4}-\d\d(-\d\d)?$/.test(text)) return undefined
  try {
    return text.length === 7 ? Temporal.PlainYearMonth.from(text) : Temporal.PlainDate.from(text).toPlainYearMonth()
  } catch {
    return undefined
  }
}
