import { integer, list, nullable, oneOf, structure, text, textThat } from './shape.ts'

/** Members that many requests share, with SWF's limits (in characters). */

export const data = text({ max: 32_768 })
export const details = text({ max: 32_768 })
export const reason = text({ max: 256 })
export const description = text({ max: 1024 })
export const identity = text({ max: 256 })
export const label = text({ min: 1, max: 256 })
export const token = text({ min: 1, max: 1024 })
export const pageToken = text({ max: 2048 })
export const pageSize = integer({ min: 0, max: 1000 })
export const arn = text({ min: 1, max: 1600 })

const forbidden = /[:/|\p{Cc}]/u
const isName = (value: string) => !forbidden.test(value) && value !== 'arn' && value === value.trim()
const nameRule = "not contain ':', '/', '|' or control characters, not be 'arn', and not start or end with whitespace"
const named = (max: number) => textThat(nameRule, isName, { min: 1, max })

export const name = named(256)
export const version = named(64)
/** A run id, which SWF generates and clients return; it may contain `/`. */
export const runId = text({ min: 1, max: 64 })
export const workflowId = named(256)

/** Seconds as an integer, or NONE for no limit. */
export const duration = textThat('be a number of seconds or NONE', (value) => /^(\d+|NONE)$/.test(value), {
  min: 1,
  max: 8,
})
export const seconds = textThat('be a number of seconds', (value) => /^\d+$/.test(value), { min: 1, max: 8 })
const year = 366 * 24 * 3600
/** The timeout of an execution, the only duration that cannot be NONE: at most a year. */
export const executionTimeout = textThat(
  'be a positive number of seconds, at most one year',
  (value) => /^\d+$/.test(value) && Number(value) > 0 && Number(value) <= year,
  { min: 1, max: 8 },
)
export const retention = textThat(
  'be a number of days from 0 to 90, or NONE',
  (value) => value === 'NONE' || (/^\d+$/.test(value) && Number(value) <= 90),
  { min: 1, max: 8 },
)
export const priority = textThat('be a 32-bit integer', isInt32, { min: 1, max: 11 })

function isInt32(value: string): boolean {
  return /^-?\d+$/.test(value) && Number(value) === Math.trunc(Number(value)) && Math.abs(Number(value) + 0.5) < 2 ** 31
}

export const childPolicy = oneOf('TERMINATE', 'REQUEST_CANCEL', 'ABANDON')
export const registrationStatus = oneOf('REGISTERED', 'DEPRECATED')
export const taskList = structure({ name }, {})
export const versioned = structure({ name, version }, {})
export const execution = structure({ workflowId, runId }, {})
// Live SWF accepted and returned a null among the tags.
export const tagList = list(nullable(label), { max: 5 })
