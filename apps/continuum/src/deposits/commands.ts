import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import { journalsOf } from '@continuum/article'
import { loadEnvironment } from '@continuum/environments'
import { depositStates } from '@continuum/messages'
import { authorTemplates } from '@continuum/deposit-documents'
import { Option, type Command } from 'commander'
import { UserError } from '../errors/user-error.ts'
import { depositsClient, type DepositsClient } from '../feeding/deposits.ts'
import { readAuthorList } from './author-list.ts'
import { suppressionCommands } from './suppression.ts'
import { secretsOf } from '../local/data-directory.ts'
import { runningOn } from '../local/running.ts'
import { depositLine, depositsText } from './list.ts'
import { previewText } from './mail-preview.ts'

interface Filter {
  readonly article?: string
  readonly recipient?: string
  readonly state?: string
  readonly json: boolean
  readonly data: string
}

const pageSize = 1_000

/** `continuum deposits`: what went out after publication, and what was sent. */
export function depositCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  const deposits = program
    .command('deposits')
    .description('list the deposits of the environment local: what each recipient got, and whether it arrived')
    .option('--article <id>', 'of this article')
    .option('--recipient <name>', 'for this recipient')
    .addOption(new Option('--state <state>', 'in this state').choices(depositStates))
    .option('--json', 'print one JSON line a deposit', false)
    .option(...dataOption)
    .action(async ({ article, recipient, state, json, data }: Filter) => {
      const filter = { ...(article && { article }), ...(recipient && { recipient }), ...(state && { state }) }
      const all = await listAll(clientOn(data, base), filter)
      if (json) for (const deposit of all) console.log(JSON.stringify(depositLine(deposit)))
      else console.log(depositsText(all, Date.now()))
    })
  deposits
    .command('document')
    .description('print the document of a deposit, byte for byte as it was sent')
    .argument('<id>', 'the id of the deposit (continuum deposits)')
    .action(async (id: string) => {
      const { data } = deposits.opts<{ data: string }>()
      const document = await clientOn(data, base).document(id)
      if (document === undefined)
        throw new UserError(`There is no deposit ${id}, or nothing was sent yet. All: npm run -s continuum -- deposits`)
      process.stdout.write(document)
    })
}

/** `continuum mail`: the mails to authors as they are written, and the addresses that get none. */
export function mailCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  const mail = program.command('mail').description('inspect the mails to authors; say who gets one, and who none')
  mail
    .command('authors')
    .description(
      "keep the editorial office's list of authors (CSV): they are written to beside those that the XML names",
    )
    .argument('<file>', 'the list, with a line of headings: article, email, given names, surname')
    .option(...dataOption)
    .action(async (file: string, { data }: { data: string }) => {
      const journals = journalsOf((await loadEnvironment('local')).journals)
      const authors = readAuthorList(readFileSync(resolve(base, file), 'utf8'), journals)
      const articles = await clientOn(data, base).listAuthors(userInfo().username, authors)
      console.log(`${authors.length} authors of ${articles.length} articles are listed.`)
    })
  suppressionCommands(mail, (data) => clientOn(data, base), dataOption)
  mail
    .command('preview')
    .description(
      'print the mails to authors with the values of an example; what an author got: continuum deposits document ID',
    )
    .argument('[template]', `the template: ${Object.keys(authorTemplates).join(', ')}; default: all`)
    .option('--html', 'print the HTML instead of the plain text', false)
    .action((name: string | undefined, { html }: { html: boolean }) => console.log(previewText(name, html)))
}

/** Connects to the deposits service that runs on a data directory. */
function clientOn(folder: string, base: string): DepositsClient {
  const { running, data } = runningOn(folder, base)
  return depositsClient(running.addresses['deposits'] ?? '', secretsOf(data)['deposits-token'])
}

async function listAll(client: DepositsClient, filter: Readonly<Record<string, string>>) {
  const all = []
  for (let offset = 0; ; offset += pageSize) {
    const { deposits, more } = await client.list({ ...filter, limit: String(pageSize), offset: String(offset) })
    all.push(...deposits)
    if (!more) return all
  }
}
