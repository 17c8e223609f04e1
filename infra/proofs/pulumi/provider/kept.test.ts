import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { keptIn } from './kept.ts'

function newKeeper() {
  const folder = mkdtempSync(join(tmpdir(), 'kept-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return { folder, keeper: keptIn(folder, { region: 'us-east-1', account: '123456789012' }) }
}

const group = {
  type: 'aws:cloudwatch/logGroup:LogGroup',
  name: 'log',
  inputs: { name: '/ct/lax', retentionInDays: 30 },
}

test('what is made is kept, and what another made under the name is refused', async () => {
  const { keeper } = newKeeper()
  const { id, outputs } = await keeper.create(group)
  expect(await keeper.read({ ...group, id, outputs })).toMatchObject({ inputs: group.inputs })
  await expect(keeper.create(group)).rejects.toThrow('EntityAlreadyExists')
})

test('what is changed by hand in its file is read so, and what is gone reads as gone', async () => {
  const { folder, keeper } = newKeeper()
  const { id, outputs } = await keeper.create(group)
  const file = join(folder, readdirSync(folder)[0] ?? '')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('30', '7'))
  expect(await keeper.read({ ...group, id, outputs })).toMatchObject({ outputs: { retentionInDays: 7 } })
  await keeper.delete({ ...group, id, outputs })
  expect(await keeper.read({ ...group, id, outputs })).toBeUndefined()
})

test('an input that is not given any more is known no more', async () => {
  const { keeper } = newKeeper()
  const { id, outputs } = await keeper.create(group)
  const inputs = { name: '/ct/lax' }
  const known = await keeper.update({ ...group, id, outputs, oldInputs: group.inputs, inputs })
  expect(known).not.toHaveProperty('retentionInDays')
  expect(known).toMatchObject({ name: '/ct/lax', arn: 'arn:aws:logs:us-east-1:123456789012:log-group:/ct/lax' })
})

test('each revision of a task definition is one of its own', async () => {
  const { folder, keeper } = newKeeper()
  const task = { type: 'aws:ecs/taskDefinition:TaskDefinition', name: 'task', inputs: { family: 'ct-lax' } }
  await keeper.create(task)
  await keeper.create(task)
  expect(readdirSync(folder)).toHaveLength(2)
})

test('a secret has a version for each label, and a label goes from one version to the next', async () => {
  const { folder, keeper } = newKeeper()
  const secretId = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:token'
  const put = (secretString: string, more = {}) =>
    keeper.create({
      type: 'aws:secretsmanager/secretVersion:SecretVersion',
      name: 'token',
      inputs: { secretId, secretString, ...more },
    })
  await put('first')
  await put('second', { versionStages: ['SECOND'] })
  await put('third')
  const texts = readdirSync(folder).map(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).inputs.secretString,
  )
  expect(new Set(texts)).toEqual(new Set(['second', 'third']))
})
