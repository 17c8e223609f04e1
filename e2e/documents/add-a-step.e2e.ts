import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blocksOf, commandsOf } from './blocks.ts'
import { newCheckout, type Checkout, type Typed } from './checkout.ts'

const document = 'docs/add-a-step.md'

/** The words of each command; one without any is only to succeed. */
const says: Readonly<Record<string, RegExp>> = {
  'npm start': /READY TO PUBLISH/,
  'continuum publish continuum-00001': /^continuum-00001v1 is public$/m,
  'continuum executions --since 1h --workflow PostPerfectPublication': /post-publication-continuum-00001\.1\./,
  'continuum history "$(': /ConfirmPublic +attempt 1 of 24 completed/,
  'npx vitest': /Test Files {2}2 passed/,
}

let checkout: Checkout
let running: Typed | undefined
beforeAll(async () => {
  checkout = await newCheckout()
  const link = checkout.type('npm link')
  expect(await link.ended, link.said()).toBe(0)
})
afterAll(() => checkout[Symbol.asyncDispose]())

test('docs/add-a-step.md, pasted and typed from its beginning to its end, adds a step that runs', async () => {
  const began = Date.now()
  const commands = commandsOf(document)
  for (const { language, file, text, line } of blocksOf(document)) {
    if (language !== 'sh') {
      expect(file, `line ${line}: a file without its path`).not.toBe('')
      checkout.write(file, text)
      continue
    }
    const lines = text.split('\n').length
    for (const { typed } of commands.filter((each) => each.line > line && each.line <= line + lines))
      await expectToSucceed(typed)
  }
  const { workflows } = filesOf()
  expect(workflows).toContain('ConfirmPublic<br/>')
  console.log(
    `add-a-step.md took ${((Date.now() - began) / 1000).toFixed(0)} s, without the reading and pasting of a person`,
  )
})

const filesOf = () => ({ workflows: readFileSync(join(checkout.folder, 'docs/workflows.md'), 'utf8') })

async function expectToSucceed(typed: string): Promise<void> {
  const [, wanted = /(?:)/] = Object.entries(says).find(([begin]) => typed.startsWith(begin)) ?? []
  const began = checkout.type(typed)
  if (typed === 'npm start') {
    running = began
    await running.until(wanted)
    return
  }
  expect(await began.ended, `${typed}\n${began.said()}`).toBe(0)
  // After a publication its follow-on takes a moment to start, and to end.
  if (!typed.startsWith('continuum executions') && !typed.startsWith('continuum history "$(')) {
    expect(began.said()).toMatch(wanted)
    return
  }
  const again = async () => {
    const asked = checkout.type(typed)
    await asked.ended
    return asked.said()
  }
  await expect.poll(again, { timeout: 240_000, interval: 500 }).toMatch(wanted)
}
