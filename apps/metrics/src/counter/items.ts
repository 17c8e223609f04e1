import type { Journal } from '@continuum/article'
import type { CatalogueArticle } from '../catalogue/catalogue.ts'
import { performanceOf, type MonthlyUsage, type Performance } from './performance.ts'
import type { ReportQuery } from './query.ts'

/** An article with its usage; `article` is absent where it is no longer published. */
export interface UsedArticle {
  id: string
  journal: Journal
  article: CatalogueArticle | undefined
  usage: readonly MonthlyUsage[]
}

/** Makes the items of a report: of a platform report one for each journal, of an item report one for each article. */
export function itemsOf(query: ReportQuery, used: readonly UsedArticle[]): object[] {
  const byJournal = [...Map.groupBy(used, ({ journal }) => journal)]
  return byJournal.flatMap(([journal, articles]) => {
    if (query.report === 'ir') return parentOf(query, journal, articles)
    const performance = attributePerformance(query, articles)
    if (performance.length === 0) return []
    const platform = { Platform: journal.name }
    const title = { Title: journal.name, Publisher: journal.publisher, ...platform, Item_ID: journalIds(journal) }
    return [{ ...(query.report.startsWith('pr') ? platform : title), Attribute_Performance: performance }]
  })
}

function parentOf(query: ReportQuery, journal: Journal, articles: readonly UsedArticle[]): object[] {
  const items = articles.flatMap((each): object[] => {
    const performance = attributePerformance(query, [each])
    return performance.length > 0 ? [{ ...itemOf(query, each), Attribute_Performance: performance }] : []
  })
  if (items.length === 0) return []
  const details = { Title: journal.name, Data_Type: 'Journal', Item_ID: journalIds(journal) }
  return [{ ...(query.parentDetails && details), Items: items }]
}

function itemOf({ attributes }: ReportQuery, { id, journal, article }: UsedArticle): object {
  const shows = (name: string) => attributes.includes(name)
  const authors = article?.authorLine
    ?.split(/,\s*|\s+and\s+/)
    .filter((name) => name.length > 1 && !name.startsWith('et al'))
  return {
    Item: article?.title ?? id,
    Publisher: journal.publisher,
    Platform: journal.name,
    ...(shows('Authors') &&
      authors?.length && { Authors: [...new Set(authors)].slice(0, 3).map((Name) => ({ Name })) }),
    ...(shows('Publication_Date') && article?.published && { Publication_Date: article.published }),
    Item_ID: {
      ...(article && { DOI: article.doi, URI: `https://doi.org/${article.doi}` }),
      Proprietary: `${platformId(journal)}:${id}`,
    },
  }
}

function journalIds(journal: Journal): object {
  return {
    Proprietary: `${platformId(journal)}:${journal.prefix}`,
    ...(journal.issn !== undefined && { Online_ISSN: journal.issn }),
  }
}

/** A platform in ids: two to 18 letters, digits and a few signs, beginning with a letter, without hyphens. */
function platformId({ prefix }: Journal): string {
  const plain = prefix.replaceAll(/[^a-zA-Z0-9]/g, '_')
  return (/^[a-zA-Z]./.test(plain) ? plain : `j_${plain}`).slice(0, 18)
}

/** Usage by the attributes that are shown: one entry for all, or with YOP one for each year of publication. */
function attributePerformance(query: ReportQuery, articles: readonly UsedArticle[]): object[] {
  const { report, attributes, metrics, granularity, begin } = query
  const shows = (name: string) => attributes.includes(name)
  const year = ({ article }: UsedArticle) => (shows('YOP') ? (article?.published?.slice(0, 4) ?? '0001') : '')
  const total = granularity === 'Total' ? begin.toString() : undefined
  return [...Map.groupBy(articles, year)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([yop, group]): object[] => {
      const performance: Performance | undefined = performanceOf(
        group.flatMap(({ usage }) => usage),
        metrics,
        total,
      )
      if (!performance) return []
      return [
        {
          ...(report !== 'tr_j3' && { Data_Type: report === 'ir' ? 'Article' : 'Journal' }),
          ...(shows('YOP') && { YOP: yop }),
          ...(shows('Access_Type') && { Access_Type: 'Open' }),
          ...(shows('Access_Method') && { Access_Method: 'Regular' }),
          Performance: performance,
        },
      ]
    })
}
