import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { descendants, newEnvironment, type Environment } from './environment.ts'
import { figureSuffixes, keysOf, publishedVersions } from './inspect.ts'

/** The main job, as its first user meets it: the sample article, from a start to a published page. */
describe('npm start with the sample article', () => {
  let environment: Environment
  beforeAll(async () => void (environment = await newEnvironment()))
  afterAll(() => environment[Symbol.asyncDispose]())

  test('--once --automatic --json publishes it, says so in one line, and leaves', async () => {
    const run = environment.start('--once', '--automatic', '--json')
    expect(await run.ended, run.stderr.join('\n')).toBe(0)
    expect(run.stdout).toHaveLength(1)
    expect(JSON.parse(run.stdout[0] ?? '')).toMatchObject({
      articleId: 'continuum-00001',
      version: 1,
      run: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'published',
      seconds: expect.any(Number),
      url: `${environment.urls.journal}/articles/continuum-00001v1`,
      error: null,
    })
  })

  test('the next start goes on where it was, delivers nothing twice, and Ctrl-C stops it within 5 s', async () => {
    const run = environment.start()
    await run.line((line) => line.includes('Ctrl-C stops'))
    expect(run.stdout.join('\n')).toContain('was delivered before (published)')

    expect(await publishedVersions(environment, 'continuum-00001')).toEqual([1])
    const page = await fetch(`${environment.urls.journal}/articles/continuum-00001`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('how a figure reaches its reader')
    expect(await keysOf(environment, 'publishing-archive')).toEqual([
      expect.stringMatching(/^continuum-00001-vor-v1-\d{14}\.zip$/),
    ])
    const cdn = await keysOf(environment, 'publishing-cdn')
    for (const figure of ['fig1', 'fig2', 'fig3'])
      expect(cdn).toEqual(
        expect.arrayContaining(figureSuffixes.map((suffix) => `continuum-00001/continuum-00001-${figure}-v1${suffix}`)),
      )
    expect(cdn).toEqual(
      expect.arrayContaining([
        'continuum-00001/continuum-00001-v1.pdf',
        'continuum-00001/continuum-00001-v1.xml',
        'continuum-00001/continuum-00001-supp1-v1.csv',
      ]),
    )

    const status = await environment.command('status', '--json')
    const told: { processes: { name: string; state: string }[] } = JSON.parse(status.stdout)
    expect(told.processes.map(({ name, state }) => `${name} ${state}`).toSorted()).toEqual(
      [
        'api',
        'aws-local',
        'dashboard',
        'decider',
        'deposits',
        'journal',
        'lax',
        'lax-adaptor',
        'metrics',
        'postgres',
        'queue-worker',
        'stand-ins',
        'worker',
        'workflow-starter',
      ].map((name) => `${name} ok`),
    )

    const processes = descendants(run.pid)
    const began = performance.now()
    run.signal('SIGTERM')
    expect(await run.ended).toBe(0)
    expect(performance.now() - began).toBeLessThan(5000)
    expect(processes.flatMap(descendants).filter((pid) => isAlive(pid))).toEqual([])
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
