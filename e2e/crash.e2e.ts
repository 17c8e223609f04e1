import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { newEnvironment } from './environment.ts'
import { keysOf, publishedVersions } from './inspect.ts'

const kills = Number(process.env['E2E_KILLS'] ?? 10)
/** The sample's run takes some seconds after a start: the moments of the kills are drawn from them. */
const longest = Number(process.env['E2E_KILL_WITHIN_MS'] ?? 6000)

/** A power cut, ten times, at moments that nobody chose. */
test(`killed ${kills} times in the middle of a run, it publishes the article once`, async () => {
  await using environment = await newEnvironment()
  for (let kill = 1; kill <= kills; kill++) {
    const run = environment.start('--automatic')
    const after = Math.round(Math.random() * longest)
    await Promise.race([pause(after), run.ended])
    await run.killTree()
    console.log(`kill ${kill} after ${after} ms: ${run.stdout.at(-1) ?? 'nothing said yet'}`)
  }
  const last = environment.start('--automatic', '--once')
  expect(await last.ended, [...last.stdout, ...last.stderr].join('\n')).toBe(0)

  const look = environment.start()
  await look.line((line) => line.includes('Ctrl-C stops'))
  expect(await publishedVersions(environment, '00001')).toEqual([1])
  expect(await keysOf(environment, 'publishing-archive')).toHaveLength(1)
  expect((await fetch(`${environment.urls.journal}/articles/00001v1`)).status).toBe(200)
  const cdn = await keysOf(environment, 'publishing-cdn')
  expect(new Set(cdn).size).toBe(cdn.length)
  expect(cdn.filter((key) => key.endsWith('-600w.jpg'))).toHaveLength(3)
}, 600_000)
