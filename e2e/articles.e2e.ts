import { basename } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newEnvironment, type Environment, type Run } from './environment.ts'
import { keysOf, publishedVersions } from './inspect.ts'
import { realPackage, realPackages, why } from './shared.ts'

interface Outcome {
  articleId: string
  version: number
  status: string
  url: string
  file: string
  seconds: number
  error: unknown
}

/** Every real package goes from zip to published page. */
describe.skipIf(realPackages.length === 0)(`the real packages${why}`, () => {
  let environment: Environment
  let outcomes: Outcome[]

  beforeAll(async () => {
    environment = await newEnvironment()
    const run = environment.start('--once', '--automatic', '--json', ...realPackages)
    const code = await run.ended
    outcomes = run.stdout.map((line): Outcome => JSON.parse(line))
    for (const outcome of outcomes)
      console.log(`${basename(outcome.file)}: version ${outcome.version} ${outcome.status} after ${outcome.seconds} s`)
    expect(code, [...run.stdout, ...run.stderr].join('\n')).toBe(0)
  })
  afterAll(() => environment[Symbol.asyncDispose]())

  test('each is published, in one line of JSON', () => {
    expect(outcomes.map(({ file }) => file).toSorted()).toEqual(realPackages)
    expect(outcomes.filter(({ status }) => status !== 'published')).toEqual([])
  })

  describe('afterwards', () => {
    let run: Run
    beforeAll(async () => {
      run = environment.start()
      await run.line((line) => line.includes('Ctrl-C stops'))
    })
    afterAll(async () => {
      run.signal('SIGTERM')
      await run.ended
    })

    test('each is on the site, in lax and in the archive', async () => {
      const archived = await keysOf(environment, 'publishing-archive')
      for (const { articleId, version, url } of outcomes) {
        const page = await fetch(url)
        expect(page.status, url).toBe(200)
        expect(await publishedVersions(environment, articleId)).toContain(version)
        expect(
          archived.filter((key) => key.startsWith(`elife-${articleId}-`) && key.includes(`-v${version}-`)),
        ).not.toEqual([])
      }
    })

    test('a package named with version and date is that version again, and keeps its date', async () => {
      expect(await publishedVersions(environment, '19405')).toEqual([1])
      expect(await keysOf(environment, 'publishing-archive')).toContain('elife-00353-vor-v1-20121213000000.zip')
    })

    test('a figure is on the CDN in every width, and so is each asset with a copy to download', async () => {
      const keys = await keysOf(environment, 'publishing-cdn', '04970/')
      expect(keys.filter((key) => /-fig\d+(-figsupp\d+)?-v1-600w\.jpg$/.test(key))).toHaveLength(22)
      expect(await keysOf(environment, 'publishing-cdn', '00353/')).toEqual(
        expect.arrayContaining([
          '00353/elife-00353-v1.pdf',
          '00353/elife-00353-v1-download.pdf',
          '00353/elife-00353-fig1-v1-80w.gif',
        ]),
      )
    })
  })

  test('18.2: the same files delivered again after publication make no new version', async () => {
    const run = environment.start('--once', '--automatic', '--json', realPackage('elife-15893-vor-r1.zip'))
    expect(await run.ended, run.stderr.join('\n')).toBe(0)
    expect(JSON.parse(run.stdout[0] ?? '')).toMatchObject({ articleId: '15893', status: 'repeated' })
    const after = environment.start()
    await after.line((line) => line.includes('Ctrl-C stops'))
    expect(await publishedVersions(environment, '15893')).toEqual([1])
    after.signal('SIGTERM')
    await after.ended
  })
})
