import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { activity } from './activity.ts'
import { describeWorkflow, toMermaid } from './describe.ts'
import { workflow } from './workflow.ts'

const copy = activity({
  name: 'Copy',
  version: '2',
  input: Type.Void(),
  output: Type.Void(),
  timeouts: { startToClose: '8m', heartbeat: '60s' },
  retry: { maxAttempts: 5, initialInterval: '10s', backoffCoefficient: 2, maxInterval: '2m' },
})
const once = activity({ ...copy, name: 'Once', taskList: 'images', retry: { ...copy.retry, maxAttempts: 1 } })
const child = workflow({ name: 'Child', version: '1', input: Type.Void(), timeout: '1d', uses: {} }, async () => {})
const parent = workflow(
  {
    name: 'Parent',
    version: '3',
    input: Type.Void(),
    timeout: '7d',
    uses: { copy, once, child },
    signals: { approved: Type.Void() },
  },
  async () => {},
)

test('a workflow is described as data', () => {
  expect(describeWorkflow(parent)).toEqual({
    name: 'Parent',
    version: '3',
    timeout: '7d',
    activities: [
      { name: 'Copy', version: '2', taskList: 'activities', timeouts: copy.timeouts, retry: copy.retry },
      { name: 'Once', version: '2', taskList: 'images', timeouts: copy.timeouts, retry: once.retry },
    ],
    children: [{ name: 'Child', version: '1', timeout: '1d' }],
    signals: ['approved'],
  })
})

test('and as a picture', () => {
  expect(toMermaid(describeWorkflow(parent))).toBe(`flowchart LR
  workflow["Parent 3<br/>at most 7d"]
  workflow --> activity0["Copy<br/>8m, up to 5 times<br/>on activities"]
  workflow --> activity1["Once<br/>8m, once<br/>on images"]
  workflow --> child0[["Child 1<br/>at most 1d"]]
  signal0>"approved"] -.-> workflow
`)
})
