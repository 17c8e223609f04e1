import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { newEnvironment, root } from './environment.ts'
import { keysOf, publishedVersions } from './inspect.ts'
import { articleXml, zip } from './small-package.ts'

const kills = Number(process.env['E2E_KILLS'] ?? 10)
/** From the delivery, in milliseconds: what a run takes until it is published. */
const maxDelay = 2000

/**
 * A power cut, ten times, each in the middle of another article's run at a moment that nobody chose. The first article is the
 * sample, with figures; the others are small. What was under way goes on with the next start, beside the next article.
 */
test(`killed ${kills} times in the middle of a run, it publishes every article once`, async () => {
  await using environment = await newEnvironment()
  const folder = mkdtempSync(join(tmpdir(), 'crash-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const ids = ['continuum-00001', ...Array.from({ length: kills - 1 }, (_, index) => String(92_001 + index))]
  for (const id of ids) {
    const file =
      id === 'continuum-00001'
        ? join(root, 'sample/continuum-00001-vor-r1.zip')
        : join(folder, `elife-${id}-vor-r1.zip`)
    if (id !== 'continuum-00001')
      writeFileSync(file, await zip({ [`elife-${id}.xml`]: articleXml(id, '<body><p>Corrected.</p></body>') }))
    const run = environment.start('--automatic', file)
    await run.line((line) => line.includes('put into'))
    const after = Math.round(Math.random() * maxDelay)
    await pause(after)
    await run.killTree()
    console.log(`${id}, killed ${after} ms after its delivery: ${run.stdout.at(-1)}`)
  }

  const look = environment.start()
  await look.line((line) => line.includes('Ctrl-C stops'))
  await expect
    .poll(() => keysOf(environment, 'publishing-archive'), { timeout: 120_000, interval: 500 })
    .toHaveLength(ids.length)
  for (const id of ids) {
    expect(await publishedVersions(environment, id), id).toEqual([1])
    expect((await fetch(`${environment.urls.journal}/articles/${id}v1`)).status, id).toBe(200)
  }
  const figures = (await keysOf(environment, 'publishing-cdn')).filter((key) => key.endsWith('-600w.jpg'))
  expect(figures).toHaveLength(3)
}, 600_000)
