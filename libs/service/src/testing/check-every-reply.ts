/**
 * A setup file of vitest, which runs it before each test file: every Fastify application that a test makes has its replies checked, and
 * the test fails at its end where one contradicts the schema of its route.
 */
import { afterEach, expect } from 'vitest'
import { violations } from './reply-violations.ts'

afterEach(() => {
  const found = [...violations]
  violations.clear()
  expect(found, 'replies that contradict the response schema of their route').toEqual([])
})
