import { runServices } from '@continuum/service'
import { decider, queueWorker, worker, workflowStarter } from './services.ts'

const services = [decider, worker, queueWorker, workflowStarter]

const name = process.argv[2] ?? ''
const service = services.find((known) => known.name === name)
if (service) await runServices(service)
else {
  process.stderr.write(`usage: node apps/bot/src/main.ts ${services.map((known) => known.name).join('|')}\n`)
  process.exitCode = 2
}
