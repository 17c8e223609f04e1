import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('deposits are checked in order in a thread: the process goes on meanwhile, and ends when nobody waits', () => {
  const head = '<doi_batch xmlns="http://www.crossref.org/schema/5.4.0" version="5.4.0"><head/></doi_batch>'
  const script = `
    const { depositProblemsApart } = await import(${JSON.stringify(new URL('./apart.ts', import.meta.url).href)})
    let beats = 0
    const heart = setInterval(() => beats++, 5)
    const answers = await Promise.all(['<doi_batch>', '${head}', Buffer.from('')].map(depositProblemsApart))
    clearInterval(heart)
    console.log(JSON.stringify({ answers, beats }))`
  const said = execFileSync(process.execPath, ['--input-type=module', '-'], { input: script, encoding: 'utf8' })
  const { answers, beats } = JSON.parse(said)
  expect(answers).toMatchObject([
    [{ message: expect.stringMatching(/^Premature end/) }],
    [{ message: expect.stringMatching(/^Element 'head': Missing child/) }, { line: 1 }],
    [{ line: 1 }],
  ])
  expect(beats).toBeGreaterThan(10)
})
