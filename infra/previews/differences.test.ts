import { expect, test } from 'vitest'
import { differencesIn, errorsIn } from './differences.ts'

const queue = 'urn:pulumi:prod::continuum::continuum:storage:Storage$aws:sqs/queue:Queue::storage-starter'
const differences = (...steps: object[]) => differencesIn(JSON.stringify({ steps }))
/** The properties of one step as lines. */
const lines = (step: object) =>
  differences({ op: 'update', urn: queue, ...step }).flatMap(({ properties }) =>
    properties.map(({ path, inAws, byCode }) => `${path}: ${inAws} -> ${byCode}`),
  )

test('a property that someone changed is named with both its values', () => {
  const step = {
    diffReasons: ['visibilityTimeoutSeconds'],
    detailedDiff: null,
    oldState: { inputs: { visibilityTimeoutSeconds: 7, delaySeconds: 0 } },
    newState: { inputs: { visibilityTimeoutSeconds: 60, delaySeconds: 0 } },
  }
  expect(differences({ op: 'update', urn: queue, ...step })).toEqual([
    {
      resource: 'aws:sqs/queue:Queue storage-starter',
      change: 'differs',
      properties: [{ path: 'visibilityTimeoutSeconds', inAws: '7', byCode: '60' }],
    },
  ])
})

test('what is gone, too much, or would be replaced is told; what is only read or stays is not', () => {
  const found = differences(
    ...['same', 'refresh', 'read', 'create-replacement', 'delete-replaced'].map((op) => ({ op, urn: queue })),
    ...['create', 'delete', 'replace'].map((op) => ({ op, urn: queue })),
  )
  expect(found.map(({ change }) => change)).toEqual(['missing', 'not in the code', 'would be replaced'])
})

test('a text of JSON is opened: what differs inside is named', () => {
  const containers = (value: string) => JSON.stringify([{ name: 'lax', environment: [{ name: 'A', value }] }])
  const step = {
    diffReasons: ['containerDefinitions'],
    oldState: { inputs: { containerDefinitions: containers('1') } },
    newState: { inputs: { containerDefinitions: containers('2') } },
  }
  expect(lines(step)).toEqual(['containerDefinitions[0].environment[0].value: "1" -> "2"'])
})

test('the provider’s own paths are followed, and one property is told once', () => {
  const step = {
    diffReasons: ['tags'],
    detailedDiff: { 'tags.owner': { kind: 'delete' }, 'tags.project': { kind: 'update' } },
    oldState: { inputs: { tags: { owner: 'me', project: 'x' } } },
    newState: { inputs: { tags: { project: 'continuum' } } },
  }
  expect(lines(step)).toEqual(['tags.owner: "me" -> nothing', 'tags.project: "x" -> "continuum"'])
})

test('a difference that only the outputs have is told by them', () => {
  const step = {
    detailedDiff: { policy: { kind: 'update' } },
    oldState: { inputs: { policy: 'a' }, outputs: { policy: 'b' } },
    newState: { inputs: { policy: 'a' } },
  }
  expect(lines(step)).toEqual(['policy: "b" -> "a"'])
})

test('secrets and what is not known yet are not shown', () => {
  const secret = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: 'hidden' }
  const step = {
    diffReasons: ['password', 'taskDefinition'],
    oldState: { inputs: { password: secret, taskDefinition: 'arn:1' } },
    newState: { inputs: { password: 'plain', taskDefinition: '04da6b54-80e4-46f7-96ec-b56ff0331ba9' } },
  }
  const [password, task] = lines(step)
  expect(password).toBe('password: [secret] -> [secret]')
  expect(task).toBe('taskDefinition: "arn:1" -> something that only an update tells')
})

test('errors of a preview are found among its notices', () => {
  const diagnostics = [
    { severity: 'warning', message: 'using a plugin' },
    { severity: 'error', message: 'no image\n' },
  ]
  expect(errorsIn(JSON.stringify({ diagnostics }))).toEqual(['no image'])
})
