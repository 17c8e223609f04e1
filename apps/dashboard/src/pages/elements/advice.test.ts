import { expect, test } from 'vitest'
import { adviceHtml } from './advice.ts'

const advice = (step: string, republishable: boolean, rerunnable: boolean) =>
  adviceHtml(step, { republishable, rerunnable }).toString()

test('18.5: advice on a failed step names a button only where the row has it', () => {
  expect(advice('Publish To Lax', true, true)).toContain('press “Publish again”')
  expect(advice('Publish To Lax', false, true)).toContain('press “Run again”')
  const neither = advice('Publish To Lax', false, false)
  expect(neither).not.toContain('press')
  expect(neither).toContain('upload the package to the bucket again')
})

test('an editor has nothing to press for a step after the publication', () => {
  expect(advice('Archive Article', true, true)).not.toContain('press')
})
