import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeBadPackages, type BadPackage } from './bad-packages.ts'
import { newEnvironment, root, type Environment, type Run } from './environment.ts'
import { keysOf } from './inspect.ts'

/** Packages that a typesetter may send by mistake, or an attacker on purpose. */
describe('packages that must be refused', () => {
  let environment: Environment
  let run: Run
  let folder: string
  let bad: BadPackage[]
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bad-packages-'))
    bad = await makeBadPackages(folder)
    environment = await newEnvironment()
    run = environment.start(
      '--automatic',
      '--json',
      ...bad.map(({ file }) => file),
      join(root, 'sample/continuum-00001-vor-r1.zip'),
    )
  })
  afterAll(async () => {
    await environment[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  test('each fails at its step, with what is wrong and what to do, and the good one after them goes through', async () => {
    const told = (file: string) => run.line((line) => line.includes(JSON.stringify(file)))
    for (const { file, step, reason } of bad) {
      const outcome: { status: string; error: { step: string; reason: string } } = JSON.parse(await told(file))
      console.log(`${file.slice(folder.length + 1)}: ${outcome.error.step}: ${outcome.error.reason}`)
      expect(outcome).toMatchObject({
        status: 'failed',
        error: { step: expect.stringMatching(step), reason: expect.stringMatching(reason) },
      })
      expect(outcome.error.reason).not.toMatch(/\bat .*\.ts:\d+/)
    }
    expect(JSON.parse(await run.line((line) => line.includes('"continuum-00001"')))).toMatchObject({
      status: 'published',
    })
  })

  test('the dashboard says what is wrong', async () => {
    const { stdout } = await environment.command('status', '--json')
    const status: { articles: { articleId: string; doing: string }[] } = JSON.parse(stdout)
    for (const id of ['90001', '90002', '90003', '90004', '90005', '90006', '90007', '90008', '90009'])
      expect(status.articles).toContainEqual(
        expect.objectContaining({ articleId: id, doing: expect.stringContaining('failed at') }),
      )
  })

  test("nothing was written outside its run's keys, and nothing of them is public", async () => {
    const keys = [
      ...(await keysOf(environment, 'publishing-expanded')),
      ...(await keysOf(environment, 'publishing-eif')),
    ]
    const ofRuns = keys.filter((key) => !/^last-deliveries\/[a-z0-9-]+\.json$/.test(key))
    expect(ofRuns.filter((key) => !/^(?:continuum-)?\d{5}\.1\/[0-9a-f-]{36}\/[^/]+(\/[^/]+)?$/.test(key))).toEqual([])
    expect((await keysOf(environment, 'publishing-cdn')).filter((key) => key.startsWith('9000'))).toEqual([])
    expect((await keysOf(environment, 'publishing-archive')).filter((key) => key.includes('9000'))).toEqual([])
  })
})
