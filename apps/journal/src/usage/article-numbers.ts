import { readAnswer, request } from '@continuum/service'
import { Type } from 'typebox'

/** The numbers that readers see of an article; those that are 0 or unknown are absent. */
export interface ArticleNumbers {
  views?: number
  downloads?: number
  /** The highest of the services. */
  citations?: number
}

/** The numbers of articles, which a page shows if they are there when it is sent. */
export interface NumbersSource {
  /** Begins to ask for an article's numbers, if they are not known or old. Returns at once. */
  ask: (article: string) => void
  /** Returns what is known now. */
  known: (article: string) => ArticleNumbers | undefined
}

const Summary = Type.Object({ items: Type.Array(Type.Object({ views: Type.Integer(), downloads: Type.Integer() })) })
const Citations = Type.Array(Type.Object({ citations: Type.Integer() }))

const timeoutMilliseconds = 1000
const freshMilliseconds = 5 * 60_000
const maxArticles = 5000

/** Creates the numbers, as the usage counter tells them. While it is down, the last ones that are known stay. */
export function createNumbersSource(url: string): NumbersSource {
  const known = new Map<string, { numbers: ArticleNumbers | undefined; at: number }>()
  const asking = new Set<string>()
  const fetchNumbers = async (article: string): Promise<ArticleNumbers> => {
    const get = (path: string) =>
      request({ service: 'the usage counter', url: `${url}/metrics/article/${article}/${path}`, timeoutMilliseconds })
    const [summary, citations] = await Promise.all([get('summary'), get('citations')])
    const [totals] = readAnswer(Summary, summary)?.items ?? []
    const highest = Math.max(0, ...(readAnswer(Citations, citations) ?? []).map((each) => each.citations))
    return {
      ...(totals && totals.views > 0 && { views: totals.views }),
      ...(totals && totals.downloads > 0 && { downloads: totals.downloads }),
      ...(highest > 0 && { citations: highest }),
    }
  }
  return {
    known: (article) => known.get(article)?.numbers,
    ask: (article) => {
      const kept = known.get(article)
      if (asking.has(article) || (kept && performance.now() - kept.at < freshMilliseconds)) return
      asking.add(article)
      void fetchNumbers(article)
        .catch(() => kept?.numbers)
        .then((numbers) => {
          asking.delete(article)
          known.delete(article)
          known.set(article, { numbers, at: performance.now() })
          for (const oldest of known.keys()) if (known.size > maxArticles) known.delete(oldest)
        })
    },
  }
}
