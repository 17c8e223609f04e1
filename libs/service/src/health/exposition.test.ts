import { expect, test } from 'vitest'
import { joinServices } from './exposition.ts'

const polls = (count: number, labels = '') => `# HELP polls Polls.\n# TYPE polls counter\npolls${labels} ${count}\n`

test('what several services count of one kind is one family, each sample with the service that counted it', () => {
  const text = joinServices([
    { service: 'worker', text: `${polls(1, '{list="a"}')}# HELP depth Depth.\n# TYPE depth gauge\ndepth 7\n` },
    { service: 'decider', text: polls(2, '{list="b"}') },
    { service: 'deposits', text: polls(3, '{}') },
  ])
  expect(text).toBe(
    [
      '# HELP polls Polls.',
      '# TYPE polls counter',
      'polls{service="worker",list="a"} 1',
      'polls{service="decider",list="b"} 2',
      'polls{service="deposits"} 3',
      '# HELP depth Depth.',
      '# TYPE depth gauge',
      'depth{service="worker"} 7',
      '',
    ].join('\n'),
  )
})

test('the samples of a histogram stay with their family', () => {
  const text = '# HELP took Took.\n# TYPE took histogram\ntook_bucket{le="1"} 2\ntook_sum 1.5\ntook_count 2\n'
  expect(joinServices([{ service: 'lax', text }])).toBe(
    '# HELP took Took.\n# TYPE took histogram\ntook_bucket{service="lax",le="1"} 2\ntook_sum{service="lax"} 1.5\ntook_count{service="lax"} 2\n',
  )
})

test('a family without samples is told by its name', () => {
  const text = '# HELP took Took.\n# TYPE took gauge\n'
  expect(joinServices([{ service: 'lax', text }])).toBe(text)
})
