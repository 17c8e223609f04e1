import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { newEnvironment } from './environment.ts'
import { keysOf, publishedVersions } from './inspect.ts'

const kills = Number(process.env['E2E_KILLS'] ?? 10)
/** From when everything answers, in milliseconds: a run of the sample takes some four seconds. */
const longest = 4000

/** A power cut, ten times, at moments that nobody chose: mostly in the middle of the run, sometimes while all is still starting. */
test(`killed ${kills} times in the middle of a run, it publishes the article once`, async () => {
  await using environment = await newEnvironment()
  for (let kill = 1; kill <= kills; kill++) {
    const run = environment.start('--automatic')
    const whileStarting = kill % 4 === 0
    if (!whileStarting) await run.line((line) => line.includes('Everything answers'))
    const after = Math.round(Math.random() * longest)
    await Promise.race([pause(after), run.ended])
    await run.killTree()
    console.log(
      `kill ${kill}, ${after} ms after ${whileStarting ? 'the start' : 'everything answered'}: ${run.stdout.at(-1) ?? 'nothing said yet'}`,
    )
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
