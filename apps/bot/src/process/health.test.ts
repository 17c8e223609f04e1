import { createLogger } from '@continuum/service'
import { expect, onTestFinished, test } from 'vitest'
import { serveHealth } from './health.ts'

const logger = createLogger({ service: 'worker', level: 'silent' })
const lastSignOfLife = () => Temporal.Now.instant()
const counted = async (taskList: string) =>
  `# HELP polls Polls.\n# TYPE polls counter\npolls{task_list="${taskList}"} 1\n`

test('/metrics tells what all pollers of the process count, and nothing of one that counts nothing', async () => {
  const { url } = await serveHealth({
    name: 'worker',
    port: 0,
    logger,
    onClose: (close) => onTestFinished(async () => void (await close())),
    pollers: [
      { lastSignOfLife, metrics: () => counted('activities') },
      { lastSignOfLife, metrics: () => counted('images') },
      { lastSignOfLife },
    ],
  })
  const reply = await fetch(`${url}/metrics`)
  expect(reply.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(await reply.text()).toBe(
    '# HELP polls Polls.\n# TYPE polls counter\npolls{task_list="activities"} 1\npolls{task_list="images"} 1\n',
  )
})
