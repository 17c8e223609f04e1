import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { mark, marking } from './crash.cast.ts'
import { decide } from './decide.ts'
import { registerTypes } from './register.ts'
import { createTestClock } from './testing/clock.ts'
import { openStage } from './testing/stage.ts'

/**
 * A decider and a worker as processes of their own, killed at work: the worker between an effect and its answer, the
 * decider at its first effect. SWF's time goes on twenty times as fast as ours.
 */

const cast = fileURLToPath(new URL('crash.cast.ts', import.meta.url))
const executions = ['one', 'two']
const keys = ['a', 'b', 'boom', 'end']

test('every execution survives that its processes are killed, and no effect is missing or beyond its attempts', async () => {
  const clock = createTestClock()
  await using stage = await openStage({ clock })
  const folder = await mkdtemp(join(tmpdir(), 'crash-'))
  const file = join(folder, 'effects')
  await writeFile(file, '')
  const processes = new Map<string, ChildProcess>()
  let deaths = 0
  let ending = false
  const start = (role: 'decider' | 'worker') => {
    const child = spawn(process.execPath, [cast, role, stage.url, file], { stdio: 'ignore' })
    processes.set(role, child)
    child.once('exit', () => {
      deaths += 1
      if (!ending) start(role)
    })
  }
  onTestFinished(async () => {
    ending = true
    for (const child of processes.values()) child.kill('SIGKILL')
    await rm(folder, { recursive: true })
  })

  await registerTypes({
    swf: stage.swf,
    domain: 'Publish.test',
    workflows: [marking],
    taskLists: { decisions: 'decisions' },
  })
  const runs = await Promise.all(
    executions.map((workflowId) => stage.client.start(marking, { workflowId, input: undefined })),
  )
  start('decider')
  start('worker')

  const open = async () => Array.fromAsync(stage.client.listOpen({ since: Temporal.Instant.fromEpochMilliseconds(0) }))
  let deciderLives = true
  while ((await open()).length > 0) {
    const effectsSoFar = (await readFile(file, 'utf8')).length
    if (deciderLives && effectsSoFar > 0) deciderLives = processes.get('decider')?.kill('SIGKILL') !== true
    await setTimeout(25)
    clock.advance(500)
  }

  const effects = (await readFile(file, 'utf8')).trim().split('\n')
  for (const [index, workflowId] of executions.entries()) {
    const execution = { workflowId, runId: runs[index]?.runId ?? '' }
    expect(await stage.client.outcome(execution)).toEqual({ status: 'completed', result: '3' })
    expect(await decide(marking, await Array.fromAsync(stage.client.history(execution)), { execution })).toEqual([])
    for (const key of keys) {
      const made = effects.filter((line) => line.startsWith(`${workflowId} ${key} `)).length
      expect(made, `${workflowId} ${key}`).toBeGreaterThanOrEqual(1)
      expect(made, `${workflowId} ${key}`).toBeLessThanOrEqual(mark.retry.attempts)
    }
  }
  expect(effects.length, 'one effect at least was repeated').toBeGreaterThan(executions.length * keys.length)
  expect(deaths, 'the decider and a worker').toBeGreaterThanOrEqual(2)
}, 120_000)
