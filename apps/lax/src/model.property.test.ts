import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { startLax, type Lax } from './lax.fixture.ts'
import { sampleArticle } from './rules/samples.fixture.ts'

/**
 * Any sequence of ingests, publications, corrections and fragments, over HTTP, against a small model of what readers see. The
 * model knows versions, titles and fragments and nothing of rows, runs held apart or caches.
 */
interface Version {
  title: string
  run: string
  published: boolean
}
interface Model {
  versions: Version[]
  extras: Map<string, number>
}

const title = fc.constantFrom('One', 'Two', 'Three')
const version = fc.integer({ min: 1, max: 3 })
const run = fc.constantFrom('a', 'b')
const step = fc.oneof(
  fc.record({ ask: fc.constant('ingest' as const), version, title, run, force: fc.boolean() }),
  fc.record({ ask: fc.constant('publish' as const), version, run }),
  fc.record({ ask: fc.constant('fragment' as const), name: fc.constantFrom('one', 'two'), value: fc.integer() }),
  fc.record({ ask: fc.constant('remove' as const), name: fc.constantFrom('one', 'two') }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Changes the model where the store should change, and tells whether it should. */
function expected(model: Model, asked: Step): boolean {
  const { versions, extras } = model
  if (asked.ask === 'fragment') {
    if (versions.length > 0) extras.set(asked.name, asked.value)
    return versions.length > 0
  }
  if (asked.ask === 'remove') return extras.delete(asked.name)
  const known = versions[asked.version - 1]
  if (asked.ask === 'publish') {
    if (!known || known.run !== asked.run) return false
    known.published = true
    return true
  }
  const { title: given, run: by, force } = asked
  if (!known) {
    const next = asked.version === versions.length + 1 && (versions.at(-1)?.published ?? true)
    if (next) versions.push({ title: given, run: by, published: false })
    return next
  }
  const isRepeated = known.title === given && known.run === by
  if (known.published && !force && !isRepeated) return false
  Object.assign(known, { title: given, run: by })
  return true
}

async function does(lax: Lax, asked: Step): Promise<boolean> {
  const fragment = (name: string) => `/api/v2/articles/353/fragments/${name}`
  const address = (of: number) => `/353/versions/${of}`
  const answer =
    asked.ask === 'ingest'
      ? await lax.put(`${address(asked.version)}?force=${asked.force}`, {
          article: sampleArticle({ version: asked.version, title: asked.title }),
          run: asked.run,
        })
      : asked.ask === 'publish'
        ? await lax.post(address(asked.version), { run: asked.run })
        : asked.ask === 'fragment'
          ? await lax.request('POST', fragment(asked.name), { extras: { [asked.name]: asked.value } })
          : await lax.request('DELETE', fragment(asked.name))
  expect([200, 400, 404, 409]).toContain(answer.statusCode)
  return answer.statusCode === 200
}

/** Compares what readers see with the model, with the token and without. */
async function compare(lax: Lax, { versions, extras }: Model): Promise<void> {
  const merged = extras.size > 0 ? Object.fromEntries(extras) : undefined
  for (const headers of [{}, { authorization: lax.authorization }]) {
    const seen = versions.filter(({ published }) => published || 'authorization' in headers)
    for (const [index, one] of versions.entries()) {
      const answer = await lax.get(`/353/versions/${index + 1}`, headers)
      expect(answer.statusCode).toBe(seen.includes(one) ? 200 : 404)
      if (!seen.includes(one)) continue
      const { title: shown, stage, extras: also } = answer.json()
      expect([shown, stage, also]).toEqual([one.title, one.published ? 'published' : 'preview', merged])
    }
    const newest = await lax.get('/353', headers)
    expect(newest.json().title).toBe(seen.at(-1)?.title ?? 'not found')
    const history = (await lax.get('/353/versions', headers)).json().versions ?? []
    expect(history.map((one: { title: string }) => one.title)).toEqual(seen.map((one) => one.title))
    const list = (await lax.get('', headers)).json()
    expect(list.total).toBe(seen.length > 0 ? 1 : 0)
    expect(list.items.map((one: { title: string }) => one.title)).toEqual(seen.slice(-1).map((one) => one.title))
  }
}

test(
  'the store does what the model does, whatever is asked of it in whatever order',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
        await using lax = await startLax()
        const model: Model = { versions: [], extras: new Map() }
        for (const asked of steps) {
          const should = expected(model, asked)
          expect(await does(lax, asked), JSON.stringify(asked)).toBe(should)
        }
        await compare(lax, model)
      }),
      { numRuns: 30 },
    )
  },
)
