import { expect, test } from 'vitest'
import { plainEnvironment } from '../../proofs/testing/environments.ts'
import { overviewBody } from './overview.ts'

const seen = {
  alarms: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:ct-a'],
  queues: ['ct-incoming-queue'],
  deadLetters: ['ct-incoming-queue-dead'],
  domain: 'Publish.ct',
  loadBalancer: 'app/ct/1',
  cluster: 'ct-cluster',
  services: ['ct-worker', 'ct-lax'],
}
const database = { engine: 'rds', version: '17', twoZones: false, backupDays: 7 } as const
const withDatabase = { ...plainEnvironment, database }

test('graphs lie beside each other and below each other, and none on another', () => {
  const { widgets } = overviewBody(withDatabase, { ...seen, database: 'ct-database' })
  const cells = widgets.flatMap(({ x, y, width, height }) => {
    expect(x + width).toBeLessThanOrEqual(24)
    return Array.from({ length: width * height }, (_, cell) => `${x + (cell % width)} ${y + Math.floor(cell / width)}`)
  })
  expect(new Set(cells).size).toBe(cells.length)
})

test('each metric is a namespace, a name and whole pairs of dimensions, or a search', () => {
  const { widgets } = overviewBody(withDatabase, { ...seen, database: 'ct-database' })
  const lines = widgets.flatMap(({ properties }) => ('metrics' in properties ? properties.metrics : []))
  expect(lines.length).toBeGreaterThan(20)
  for (const line of lines) {
    const texts = line.filter((part) => typeof part === 'string')
    const [options] = line.filter((part) => typeof part !== 'string')
    if (texts.length === 0)
      expect(options).toMatchObject({ expression: expect.stringMatching(/^SEARCH\('\{AWS\/SWF,/) })
    else expect([/^(AWS|ECS)\//.test(texts[0] ?? ''), texts.length % 2, typeof options]).toEqual([true, 0, 'object'])
  }
})

test('executions of every type are found by their domain', () => {
  const { widgets } = overviewBody(plainEnvironment, seen)
  expect(JSON.stringify(widgets)).toContain(
    JSON.stringify(
      `SEARCH('{AWS/SWF,Domain,WorkflowTypeName,WorkflowTypeVersion} Domain="Publish.ct" MetricName=("WorkflowsCompleted" OR "WorkflowsFailed" OR "WorkflowsTimedOut" OR "WorkflowsTerminated")', 'Sum', 300)`,
    ),
  )
})

test('without a database nothing is shown of one', () => {
  expect(JSON.stringify(overviewBody(plainEnvironment, seen))).not.toContain('AWS/RDS')
})
