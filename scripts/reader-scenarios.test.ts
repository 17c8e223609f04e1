import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The scenarios of what readers, libraries and indexers may expect, and the files with the tests of each number. */
const scenarios: readonly (readonly [scenario: number, says: string, ...files: string[]])[] = [
  [
    1,
    'an article read twice within 10 s and its PDF are a view and a download',
    'apps/metrics/src/counting.test.ts',
    'e2e/journal/readers.e2e.ts',
  ],
  [2, "the audit's double-clicks at 29 and 31 s", 'apps/metrics/src/counting.test.ts'],
  [3, "a chain of clicks is one, also over a month's end", 'apps/metrics/src/counting.test.ts'],
  [4, 'sessions are clock hours, of all formats and versions', 'apps/metrics/src/counting.test.ts'],
  [5, 'a PoA page is an investigation only', 'apps/metrics/src/counting.test.ts'],
  [
    6,
    'what is no successful GET of a reader counts nothing',
    'apps/metrics/src/counting.test.ts',
    'apps/journal/src/usage.test.ts',
  ],
  [7, 'robots count nothing', 'apps/metrics/src/counting.test.ts'],
  [8, 'log files repeated, in any order, broken off', 'apps/metrics/src/counting.test.ts'],
  [9, 'a late line joins two clicks', 'apps/metrics/src/counting.test.ts'],
  [10, '200 articles with 10,000 hits each, in flat memory', 'apps/metrics/src/log-memory.test.ts'],
  [11, 'outages of metrics, queue and database', 'apps/journal/src/usage.test.ts'],
  [12, 'a closed day holds nothing of who read', 'apps/metrics/src/counting.test.ts'],
  [13, 'the article metrics API', 'apps/metrics/src/article-metrics.test.ts'],
  [14, 'just published: zeros; a preview: 404', 'apps/metrics/src/article-metrics.test.ts'],
  [15, 'citations by cursor, a 429 and an outage', 'apps/metrics/src/citations.test.ts'],
  [16, 'summaries', 'apps/metrics/src/article-metrics.test.ts'],
  [17, 'COUNTER: status, reports, keys', 'apps/metrics/src/counter.test.ts'],
  [18, 'COUNTER: reports of closed months are valid and agree', 'apps/metrics/src/counter.test.ts'],
  [19, 'COUNTER: months that are not ready, or no longer there', 'apps/metrics/src/counter.test.ts'],
  [20, 'journals are kept apart', 'apps/metrics/src/counter.test.ts', 'apps/journal/src/indexers.test.ts'],
  [21, 'OAI-PMH: verbs and errors', 'apps/journal/src/indexers.test.ts'],
  [22, 'OAI-PMH: nothing lost or doubled while articles change', 'apps/journal/src/indexers.test.ts'],
  [23, 'a withdrawn article is gone everywhere', 'apps/journal/src/indexers.test.ts', 'e2e/journal/readers.e2e.ts'],
  [24, 'odd titles parse in every format', 'apps/journal/src/indexers.test.ts'],
  [25, 'the head of an article page', 'apps/journal/src/indexers.test.ts'],
  [26, '500 authors', 'apps/journal/src/indexers.test.ts'],
  [27, 'robots.txt, sitemaps, feeds', 'apps/journal/src/indexers.test.ts', 'apps/journal/src/feeds.test.ts'],
  [28, 'ten links from the home page', 'apps/journal/src/browse.test.ts'],
  [29, 'the search', 'apps/lax/src/search.test.ts'],
  [30, "a gateway's headers from outside show nothing more", 'apps/api/src/api.test.ts'],
  [31, 'scripts of other origins read, and cannot write', 'apps/api/src/api.test.ts', 'e2e/journal/readers.e2e.ts'],
  [32, 'OpenAPI: every public route, examples that run', 'apps/api/src/api.test.ts', 'e2e/journal/readers.e2e.ts'],
  [33, 'the rate limit', 'apps/api/src/api.test.ts'],
  [34, 'the API of 2016', 'apps/metrics/src/article-metrics.test.ts'],
  [35, 'a history of Google Analytics', 'apps/metrics/src/article-metrics.test.ts'],
  [36, 'numbers on the article page, and without them', 'apps/journal/src/usage.test.ts'],
  [
    37,
    'the state of the usage counter for operators',
    'apps/metrics/src/counting.test.ts',
    'apps/continuum/src/status/usage-state.test.ts',
  ],
  [38, "the CDN's logs: bucket, expiry, queue, permissions", 'infra/components/cdn/cdn.test.ts'],
]

test('there are 38 scenarios for readers and indexers, each once', () => {
  expect(scenarios.map(([scenario]) => scenario)).toEqual(Array.from({ length: 38 }, (_, index) => index + 1))
})

const tested = scenarios.map(([scenario, says, ...files]) => ({ scenario, says, files }))

test.each(tested)('scenario $scenario is tested by its number: $says', ({ scenario, files }) => {
  // The name of a test or of a group that is not skipped: `scenario 9: ...`, `scenarios 6 and 7: ...`.
  const named = new RegExp(
    String.raw`\b(?:test|describe)(?:\.(?:each|skipIf)\([^]*?\))?\(\s*['"\u0060]scenarios? (?:\d+(?:, | and ))*${scenario}\b`,
  )
  for (const file of files) {
    const path = new URL(`../${file}`, import.meta.url)
    expect(existsSync(path), file).toBe(true)
    expect(readFileSync(path, 'utf8'), `${file} has no test of scenario ${scenario}`).toMatch(named)
  }
})
