import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { follow, newEnvironment, root, type Environment } from '../environment.ts'
import { blocksOf, commandsOf } from '../documents/blocks.ts'
import { keysOf, s3Of } from '../inspect.ts'
import { articleXml, zip } from '../small-package.ts'

/** A journal's published articles moved in by a list, by a command that is killed in the middle and begun again. */

const ids = Array.from({ length: 8 }, (_, index) => `008${10 + index}`)
const dates = ['2013-04-05T06:07:08Z', '2015-01-02T00:00:00Z'] as const

let environment: Environment
let list: string
beforeAll(async () => {
  environment = await newEnvironment()
  const packages = join(environment.data, 'packages')
  mkdirSync(packages)
  const rows = ['package,version,published']
  for (const id of ids) {
    for (const [index, published] of dates.entries()) {
      const name = `elife-${id}-vor-r${index + 1}.zip`
      const body = `<body><p>Version ${index + 1} of ${id}.</p></body>`
      writeFileSync(join(packages, name), await zip({ [`elife-${id}.xml`]: articleXml(id, body) }))
      rows.push(`${name},${index + 1},${published}`)
    }
  }
  writeFileSync(join(packages, 'elife-00890-vor-r1.zip'), 'no zip')
  rows.push('elife-00890-vor-r1.zip,1,2013-01-01', 'elife-00890-vor-r2.zip,2,2014-01-01')
  rows.push('elife-00891-vor-r1.zip,1,2013-01-01', 'notes.zip,1,2013-01-01')
  list = join(packages, 'list.csv')
  writeFileSync(list, `${rows.join('\n')}\n`)
  const run = environment.start()
  await run.line((line) => line.includes('Ctrl-C stops'))
})
afterAll(() => environment[Symbol.asyncDispose]())

function startImport() {
  const args = [
    join(root, 'scripts/run.mjs'),
    'continuum',
    'import',
    'articles',
    list,
    '--json',
    '--data',
    environment.data,
  ]
  const env = { ...process.env, INIT_CWD: root }
  return follow(spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] }))
}

const resultsOf = (lines: readonly string[]): { package: string; result: string; reason?: string }[] =>
  lines.map((line) => JSON.parse(line))

test(
  'killed in the middle and begun again: nothing twice, nothing lost, versions and dates as told',
  { timeout: 600_000 },
  async () => {
    const killed = startImport()
    await expect
      .poll(() => resultsOf(killed.stdout).filter(({ result }) => result === 'imported').length, { timeout: 240_000 })
      .toBeGreaterThanOrEqual(3)
    await killed.killTree()
    const again = startImport()
    expect(await again.ended, again.stderr.join('\n')).toBe(1)
    const results = resultsOf(again.stdout)
    const count = (wanted: string) => results.filter(({ result }) => result === wanted).length
    console.log(`kept ${count('kept')}, imported ${count('imported')}`)
    expect(count('kept')).toBeGreaterThanOrEqual(3)
    expect(count('kept') + count('imported')).toBe(ids.length * dates.length)
    expect(
      results
        .flatMap(({ package: name, result, reason }) => (result === 'refused' ? [`${name}: ${reason}`] : []))
        .toSorted(),
    ).toEqual([
      expect.stringMatching(/^elife-00890-vor-r1\.zip: .*not a zip/),
      'elife-00890-vor-r2.zip: version 1 of the article was not imported',
      expect.stringMatching(/^elife-00891-vor-r1\.zip: there is no file /),
      expect.stringMatching(/^notes\.zip: .*not the name of an article package/),
    ])

    for (const id of ids) {
      const reply = await fetch(`${environment.urls.lax}/api/v1/article/${id}/version/`)
      const versions: Record<string, { datetime_published: string }> = Object(await reply.json())
      expect(Object.values(versions).map((version) => version.datetime_published)).toEqual([...dates])
      const page = await fetch(`${environment.urls.journal}/articles/${id}v1`)
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('2013')])
    }
    const runs = new Set(
      (await keysOf(environment, 'publishing-expanded')).flatMap(
        (key) => /^(008[12]\d\.\d+\/[^/]+)\//.exec(key)?.[1] ?? [],
      ),
    )
    expect(runs.size).toBe(ids.length * dates.length)
    await expect
      .poll(async () => (await keysOf(environment, 'publishing-archive')).length, { timeout: 60_000 })
      .toBe(ids.length * dates.length)
    expect((await environment.command('deposits')).stdout).toContain('No deposits.')
    const left = await keysOf(environment, 'publishing-expanded', 'imports/')
    expect(left).toEqual([expect.stringContaining('elife-00890-vor-v1')])
  },
)

test(
  'a second time nothing is done, and a version that is public since another day is refused',
  { timeout: 300_000 },
  async () => {
    const again = startImport()
    expect(await again.ended).toBe(1)
    const results = resultsOf(again.stdout)
    expect(results.filter(({ result }) => result === 'kept')).toHaveLength(ids.length * dates.length)
    writeFileSync(list, `package,version,published\nelife-${ids[0]}-vor-r1.zip,1,2013-04-06\n`)
    const other = await environment.command('import', 'articles', list)
    expect([other.code, other.stdout]).toEqual([
      1,
      expect.stringMatching(
        /REFUSED: it is public already since 2013-04-05T06:07:08Z, and the list says 2013-04-06T00:00:00Z/,
      ),
    ])
  },
)

test(
  'the commands of docs/moving-in.md take its list, from a folder and from a bucket',
  { timeout: 300_000 },
  async () => {
    const home = join(environment.data, 'home')
    const folder = join(home, 'moving-in')
    mkdirSync(folder, { recursive: true })
    const [block] = blocksOf('docs/moving-in.md').filter(({ language }) => language === 'json')
    writeFileSync(join(folder, 'list.json'), block?.text ?? '')
    const text = await zip({ 'elife-00801.xml': articleXml('00801', '<body><p>Text.</p></body>') })
    writeFileSync(join(folder, 'elife-00801-poa-r1.zip'), text)
    const commands = commandsOf('docs/moving-in.md').map(({ typed }) => typed)
    expect(commands).toHaveLength(2)
    const type = async (typed: string = '') => {
      const [program, ...args] = typed.replaceAll('~', home).split(' ')
      expect(program).toBe('continuum')
      return environment.command(...args)
    }
    // The second version is not in the folder, and is in the bucket.
    expect(await type(commands[0])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/there is no file .*vor-r1/),
    })
    for (const name of ['elife-00801-poa-r1.zip', 'elife-00801-vor-r1.zip'])
      await s3Of(environment).send(
        new PutObjectCommand({ Bucket: 'local-continuum-publishing-xml', Key: `former/${name}`, Body: text }),
      )
    expect(await type(commands[1])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('2 versions: 1 imported, 1 there already'),
    })
    const reply = await fetch(`${environment.urls.lax}/api/v1/article/00801/version/`)
    expect(
      Object.values<{ datetime_published: string }>(Object(await reply.json())).map((each) => each.datetime_published),
    ).toEqual(['2013-04-05T00:00:00Z', '2013-06-07T08:09:10Z'])
  },
)
