import type { InspectedExecution, InspectedStep } from '@continuum/workflow-core'
import { expect, test } from 'vitest'
import { buildGraph, layersOf } from './graph.ts'

const step = (id: string, state: InspectedStep['state'], after: string[] = [], more: Partial<InspectedStep> = {}) => ({
  id,
  kind: 'activity' as const,
  name: id.replace(/\..*/, ''),
  state,
  attempts: [],
  after,
  ...more,
})
const execution = (steps: InspectedStep[], outcome?: InspectedExecution['outcome']): InspectedExecution => ({
  workflow: { name: 'W', version: '1' },
  started: undefined,
  ended: undefined,
  input: undefined,
  tags: [],
  parent: undefined,
  rerunOf: undefined,
  outcome,
  failedStep: undefined,
  steps,
  waits: [],
})
const completed = { status: 'completed', result: undefined } as const
const failed = { status: 'failed', reason: 'x', details: '' } as const
/** Labels with states by layer. */
const drawn = (graph: ReturnType<typeof buildGraph>) =>
  layersOf(graph).map((layer) => layer.map((node) => `${graph.nodes[node]?.label}: ${graph.nodes[node]?.state}`))

test('each step is below those that it follows, and steps beside each other share a layer', () => {
  const graph = buildGraph(
    execution([
      step('Expand', 'completed'),
      step('Check', 'running', ['Expand']),
      step('Images', 'completed', ['Expand']),
    ]),
    [],
  )
  expect(drawn(graph)).toEqual([['Expand: completed'], ['Check: running', 'Images: completed']])
})

test('steps to come are those of an execution that completed; once it has failed they are not reached', () => {
  const model = execution(
    [step('Expand', 'completed'), step('Check', 'completed', ['Expand']), step('Post', 'completed', ['Check'])],
    completed,
  )
  const steps = [
    step('Expand', 'completed'),
    step('Check', 'failed', ['Expand']),
    step('Report', 'completed', ['Check']),
  ]
  expect(drawn(buildGraph(execution(steps), [model]))).toEqual([
    ['Expand: completed'],
    ['Check: failed'],
    ['Report: completed', 'Post: to come'],
  ])
  expect(drawn(buildGraph(execution(steps, failed), [model])).at(-1)).toEqual([
    'Report: completed',
    'Post: not reached',
  ])
})

test('a rerun follows what an earlier run has done, whose report of the failure is no step of it', () => {
  const first = execution(
    [step('Expand', 'completed'), step('Check', 'failed', ['Expand']), step('Report', 'completed', ['Check'])],
    failed,
  )
  const rerun = execution([step('Expand', 'completed', [], { earlier: true }), step('Check', 'running')])
  expect(drawn(buildGraph(rerun, [first]))).toEqual([['Expand: earlier'], ['Check: running']])
})

test('many steps of one activity are one node, which shows the state that matters most; a step that is repeated leads not back', () => {
  const graph = buildGraph(
    execution([
      step('Post', 'completed'),
      step('sleep.Post.busy-1', 'completed', ['Post'], { kind: 'timer', name: 'sleep.Post.busy-1' }),
      step('Post.busy-1', 'completed', ['sleep.Post.busy-1']),
      step('sleep.Post.busy-2', 'waiting', ['Post.busy-1'], { kind: 'timer', name: 'sleep.Post.busy-2' }),
    ]),
    [],
  )
  expect(drawn(graph)).toEqual([['Post: completed'], ['Timer Post.busy: waiting']])
  expect(graph.nodes.map(({ steps }) => steps.length)).toEqual([2, 2])
})
