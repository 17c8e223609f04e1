import {
  deadLettersOf,
  depthsOf,
  queueRoles,
  redriveAll,
  redriveOne,
  type AsideMessage,
  type Names,
  type QueueRole,
} from '@continuum/aws-resources'
import type { Command } from 'commander'
import { recordOnDashboard } from '../dashboard/record.ts'
import { askingAws } from '../local/running-aws.ts'
import { UserError } from '../errors/user-error.ts'
import { queueLines } from '../status/depth-lines.ts'

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

  command('redrive', "give a queue's dead letters back to it, or one of them; this is in the activity log")
    .argument('<queue>', 'its name, such as workflow-starter-queue')
    .option('--message <id>', 'only the dead letter with this id, as "queues" shows it')
    .option('--why <text>', 'the reason')
    .action(async (queue: string, { why, message, ...which }: Options & { why?: string; message?: string }) => {
      await askingAws({ ...which, base }, async ({ clients: { sqs }, names }) => {
        const role = roleOf(queue, names)
        const { queues, deadLetters } = names
        const dead = (await depthsOf(sqs, names)).find(({ name }) => name === queues[role])?.messages?.dead ?? 0
        if (dead === 0) return console.log(`${queues[role]} has no dead letters.`)
        const from = { queue: queues[role], dead: deadLetters[role] }
        if (message === undefined) await redriveAll(sqs, from)
        else if (!(await redriveOne(sqs, from, message)))
          throw new UserError(
            `${from.dead} shows no message ${message} now: it is not there, or somebody is looking at it; try again in half a minute.`,
          )
        const detail = message === undefined ? `${dead} dead letters` : `dead letter ${message}`
        const record = { action: 'redrive', subject: queues[role], detail, ...(why && { why }) } as const
        await recordOnDashboard({ ...which, base }, record, console.warn)
        console.log(
          message === undefined
            ? `About ${dead} dead letters go back to ${queues[role]}. See it: npm run -s continuum -- queues`
            : `The dead letter is back on ${queues[role]}.`,
        )
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
