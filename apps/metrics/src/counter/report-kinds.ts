/** The reports of an open-access journal that are offered, by the id in addresses. The others are of controlled access, and always empty. */
export const reportKinds = {
  pr: {
    id: 'PR',
    name: 'Platform Report',
    description: 'A customizable report that summarizes activity across a provider’s platforms.',
    attributes: ['Access_Method'],
    filters: ['metric_type', 'data_type', 'access_method', 'attributes_to_show', 'granularity'],
  },
  pr_p1: {
    id: 'PR_P1',
    name: 'Platform Usage',
    description: 'A standard view of the Platform Report that summarizes total and unique item requests.',
    attributes: [],
    filters: [],
  },
  tr: {
    id: 'TR',
    name: 'Title Report',
    description: 'A customizable report that shows activity at the title level.',
    attributes: ['YOP', 'Access_Type', 'Access_Method'],
    filters: [
      'metric_type',
      'data_type',
      'access_type',
      'access_method',
      'yop',
      'item_id',
      'attributes_to_show',
      'granularity',
    ],
  },
  tr_j3: {
    id: 'TR_J3',
    name: 'Journal Usage by Access Type',
    description: 'A standard view of the Title Report that shows the usage of journals by access type.',
    attributes: ['Access_Type'],
    filters: [],
  },
  ir: {
    id: 'IR',
    name: 'Item Report',
    description: 'A customizable report that shows activity at the level of articles.',
    attributes: ['Authors', 'Publication_Date', 'Article_Version', 'YOP', 'Access_Type', 'Access_Method'],
    filters: [
      'metric_type',
      'data_type',
      'access_type',
      'access_method',
      'yop',
      'item_id',
      'attributes_to_show',
      'granularity',
      'include_parent_details',
    ],
  },
} as const

export type ReportName = keyof typeof reportKinds

/** The metrics of articles, as this service counts them. */
export const metricTypes = [
  'Total_Item_Investigations',
  'Total_Item_Requests',
  'Unique_Item_Investigations',
  'Unique_Item_Requests',
] as const
export type MetricType = (typeof metricTypes)[number]

export function isReportName(text: string): text is ReportName {
  return Object.hasOwn(reportKinds, text)
}
