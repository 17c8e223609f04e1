import { expect, test } from 'vitest'
import { changesOf, countsOf } from './said.ts'

const said = `
    aws:s3:Bucket storage-archive
 ~  aws:ecs:Service services-worker updating (0s) [diff: ~taskDefinition]
 ~  aws:ecs:Service services-worker updated (0.01s) [diff: ~taskDefinition]
 ++ aws:ecs:TaskDefinition services-worker created replacement (0.13s) [diff: ~containerDefinitions]
 +- aws:ecs:TaskDefinition services-worker replaced (0.00s) [diff: ~containerDefinitions]
 -- aws:ecs:TaskDefinition services-worker deleted original (0.03s) [diff: ~containerDefinitions]

Resources:
    ~ 1 updated
    +-1 replaced
    2 changes. 251 unchanged
`

test('what Pulumi says it did is read from its lines, a replacement once', () => {
  expect(changesOf(said)).toEqual([
    'replaced aws:ecs:TaskDefinition services-worker',
    'updated aws:ecs:Service services-worker',
  ])
})

test('how much it did is read from its summary', () => {
  expect(countsOf(said)).toMatchObject({ updated: 1, replaced: 1 })
  expect(countsOf('Resources:\n    + 236 created\n\nDuration: 26s\n')).toEqual({ created: 236 })
  expect(countsOf('Resources:\n    + 140 created\n    = 1 imported\n    141 changes\n')).toMatchObject({ imported: 1 })
  expect(countsOf('Resources:\n    236 unchanged\n')).toEqual({ unchanged: 236 })
})
