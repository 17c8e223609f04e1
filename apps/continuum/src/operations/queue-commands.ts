import { queueRoles, type Names, type QueueRole } from '@continuum/aws-resources'
import type { Command } from 'commander'
import { recordOnDashboard } from '../dashboard/record.ts'
import { askingAws } from '../local/running-aws.ts'
import { UserError } from '../errors/user-error.ts'
import { deadLettersOf, redrive, type AsideMessage } from '../queues/dead-letters.ts'
import { queueLines } from '../queues/depth-lines.ts'
import { depthsOf } from '../queues/depths.ts'

interface Options {
  readonly env: string
  readonly data: string
}

const mostShown = 100

/** `continuum queues` and `continuum redrive`: what waits, what was put aside and why, and how it is given back. */
export function queueCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('--env <name>', 'the environment', 'local')
      .option(...dataOption)

  command(
    'queues',
    'count the messages of each queue and its dead letters; with a queue, show its dead letters with their reasons',
  )
    .argument('[queue]', 'its name, such as workflow-starter-queue')
    .option('--json', 'print JSON', false)
    .action(async (queue: string | undefined, { json, ...which }: Options & { json: boolean }) => {
      await askingAws({ ...which, base }, async ({ clients: { sqs }, names }) => {
        if (queue === undefined) {
          const depths = await depthsOf(sqs, names)
          return console.log(json ? JSON.stringify(depths) : queueLines(depths).join('\n'))
        }
        const role = roleOf(queue, names)
        const letters = await deadLettersOf(sqs, names.deadLetters[role], mostShown)
        if (json) return console.log(JSON.stringify(letters))
        if (letters.length === 0) console.log(`${names.queues[role]} has no dead letters that can be seen now`)
        for (const letter of letters) console.log(letterText(letter))
      })
    })

  command('redrive', "give a queue's dead letters back to it; this is in the activity log")
    .argument('<queue>', 'its name, such as workflow-starter-queue')
    .option('--why <text>', 'the reason')
    .action(async (queue: string, { why, ...which }: Options & { why?: string }) => {
      await askingAws({ ...which, base }, async ({ clients: { sqs }, names }) => {
        const role = roleOf(queue, names)
        const { queues, deadLetters } = names
        const dead = (await depthsOf(sqs, names)).find(({ name }) => name === queues[role])?.messages?.dead ?? 0
        if (dead === 0) return console.log(`${queues[role]} has no dead letters.`)
        await redrive(sqs, queues[role], deadLetters[role])
        const record = {
          action: 'redrive',
          subject: queues[role],
          detail: `${dead} dead letters`,
          ...(why && { why }),
        } as const
        await recordOnDashboard({ ...which, base }, record, console.warn)
        console.log(`About ${dead} dead letters go back to ${queues[role]}. See it: npm run -s continuum -- queues`)
      })
    })
}

/** A queue by its name, with the environment's prefix or without. */
function roleOf(queue: string, { queues }: Names): QueueRole {
  const role = queueRoles.find((each) => queues[each] === queue || queues[each].endsWith(`-${queue}`))
  if (role) return role
  throw new UserError(`There is no queue ${queue}. There are ${queueRoles.map((each) => queues[each]).join(', ')}.`)
}

function letterText({ id, sent, reason, receptions, body }: AsideMessage): string {
  const why = reason ?? `received ${receptions} times without an answer`
  return `${sent ?? 'at an unknown time'}  ${id}  ${why}\n${body.replaceAll(/^/gm, '    ')}\n`
}
