import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pagePath, workflowsPage } from './workflows-page.ts'

test('docs/workflows.md says what the workflows declare; if not: node apps/bot/src/decider/workflows-page.ts', () => {
  expect(readFileSync(pagePath, 'utf8')).toBe(workflowsPage())
})
