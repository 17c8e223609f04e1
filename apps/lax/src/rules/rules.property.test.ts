import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentOf, type ArticleState, type StoredContent } from './article-state.ts'
import { decideIngest } from './ingest-rules.ts'
import { present } from './presentation.ts'
import { decidePublish } from './publish-rules.ts'
import { RuleViolationError } from './rule-violation.ts'

/**
 * Any order of deliveries and approvals, right and wrong ones. The state is changed here as the store changes it in
 * PostgreSQL; what the store does is tested over HTTP.
 */
const now = Temporal.Instant.from('2020-01-01T00:00:00Z')
const step = fc.record({
  ask: fc.constantFrom('ingest', 'publish'),
  version: fc.integer({ min: 1, max: 4 }),
  run: fc.constantFrom('a', 'b', 'c'),
  status: fc.constantFrom('poa' as const, 'vor' as const),
  fingerprint: fc.constantFrom('x', 'y'),
  force: fc.boolean(),
  hold: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function take(state: ArticleState, asked: Step): ArticleState {
  const { version, run } = asked
  const others = (stage?: string) => state.filter((one) => one.version !== version || (stage && one.stage !== stage))
  if (asked.ask === 'publish') {
    const { kind, date } = decidePublish(state, { article: '00001', ...asked }, now)
    const preview = contentOf(state, version, 'preview')
    return kind === 'done' || !preview ? state : [...others(), { ...preview, stage: 'published', date }]
  }
  const { kind, stage, date } = decideIngest(state, { ...asked, given: now })
  const kept = stage === 'published' ? others() : others('preview')
  const same = contentOf(state, version, stage)
  const stored: StoredContent = { ...asked, stage, given: now, updated: now, ...(date && { date }) }
  return [...kept, kind === 'same' && same ? { ...same, run } : stored]
}

function play(steps: readonly Step[], watch: (before: ArticleState, asked: Step, after: ArticleState) => void): void {
  let state: ArticleState = []
  for (const asked of steps) {
    const before = state
    try {
      state = take(state, asked)
    } catch (error) {
      expect(error).toBeInstanceOf(RuleViolationError)
    }
    watch(before, asked, state)
  }
}

const publicOnes = (state: ArticleState) => state.filter((one) => one.stage === 'published')

test('versions have no gap, and only the highest may be unpublished', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      play(steps, (_, __, after) => {
        const highest = Math.max(0, ...after.map((one) => one.version))
        for (let version = 1; version < highest; version++) expect(contentOf(after, version, 'published')).toBeDefined()
      })
    }),
  )
})

test('what is public changes only by publishing or by force, and never disappears', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      play(steps, (before, asked, after) => {
        for (const one of publicOnes(before)) {
          const later = contentOf(after, one.version, 'published')
          expect(later).toBeDefined()
          if (later?.fingerprint !== one.fingerprint) expect(asked.force && asked.version === one.version).toBe(true)
        }
        if (asked.ask === 'ingest') expect(publicOnes(after)).toHaveLength(publicOnes(before).length)
      })
    }),
  )
})

test('publishing makes public what the approved run brought, and doing it again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      play(steps, (before, asked, after) => {
        if (asked.ask === 'ingest' || after === before) return
        expect(contentOf(after, asked.version, 'published')?.run).toBe(asked.run)
        expect(take(after, { ...asked, force: false })).toBe(after)
      })
    }),
  )
})

test('exactly one content is the newest, and at most one the newest published', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      play(steps, (_, __, after) => {
        const shown = [...present(after).values()]
        expect(shown.filter(({ newest }) => newest)).toHaveLength(after.length > 0 ? 1 : 0)
        expect(shown.filter(({ newestPublished }) => newestPublished)).toHaveLength(
          publicOnes(after).length > 0 ? 1 : 0,
        )
      })
    }),
  )
})
