import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandsOf } from './documents/blocks.ts'
import { newCheckout, type Checkout, type Typed } from './documents/checkout.ts'
import { root } from './environment.ts'
import { articleXml, zip } from './small-package.ts'

/**
 * docs/recovery.md, its drill typed from beginning to end: an environment is lost with its database and made again from a snapshot, and
 * from the archive alone. What readers get before and after is compared byte for byte.
 */

const document = 'docs/recovery.md'
/** Commands that are not typed here, and the files that have their like. */
const elsewhere: Readonly<Record<string, string>> = {
  'aws rds modify-db-instance --db-instance-identifier ct-database --new-db-instance-identifier ct-database-lost --apply-immediately':
    'infra/proofs/pulumi/environment.e2e.ts',
  'pulumi up -s continuum-test --refresh --yes': 'infra/proofs/pulumi/commands.ts',
}
const ids = ['00701', '00702', '00703', '00704']

let checkout: Checkout
let running: Typed | undefined
beforeAll(async () => {
  checkout = await newCheckout()
  const put = async (name: string, id: string, text: string) => {
    const file = await zip({ [`elife-${id}.xml`]: articleXml(id, `<body><p>${text}</p></body>`) })
    writeFileSync(join(checkout.home, name), file)
  }
  for (const id of [...ids, '00705']) await put(`elife-${id}-vor-r1.zip`, id, `The first words of ${id}.`)
  await put('elife-00701-vor-r2.zip', '00701', 'A second version.')
  await put('elife-00703-vor-v1-20170302000000.zip', '00703', 'The words are mended.')
  const link = checkout.type('npm link')
  expect(await link.ended, link.said()).toBe(0)
})
afterAll(() => checkout[Symbol.asyncDispose]())

const at = (port: string) => `http://127.0.0.1:${checkout.variables[port]}`

/** All that readers get of articles: the public API and the pages, byte for byte. */
async function served(articles: readonly string[]) {
  const api = ['', '/versions', '/versions/1', '/versions/2', '/related']
  const addresses = [
    ...['/articles', '/search?for=words', '/subjects'].map((path) => `${at('LAX_PORT')}/api/v2${path}`),
    ...articles.flatMap((id) => api.map((end) => `${at('LAX_PORT')}/api/v2/articles/${id}${end}`)),
    ...articles.map((id) => `${at('LAX_PORT')}/api/v1/article/${id}/version/`),
    ...['/', '/browse'].map((path) => `${at('JOURNAL_PORT')}${path}`),
    ...articles.flatMap((id) => ['', 'v1', 'v2'].map((end) => `${at('JOURNAL_PORT')}/articles/${id}${end}`)),
  ]
  const answers: Record<string, unknown> = {}
  for (const address of addresses) {
    const reply = await fetch(address, { redirect: 'manual' })
    answers[address] = [reply.status, reply.headers.get('location'), await reply.text()]
  }
  return answers
}

/** What each stand-in of a recipient has been given, as its page tells it. */
async function received() {
  const page = await (await fetch(at('STANDINS_PORT'))).text()
  return page.match(/\b\d+ (?:records|articles|citations|notifications|files|mails|[a-z]+)\b/g)
}

/** The commands between two headings of the document. */
function commandsBelow(heading: string): string[] {
  const lines = readFileSync(join(root, document), 'utf8').split('\n')
  const from = lines.indexOf(heading) + 1
  const end = lines.findIndex((line, index) => index >= from && /^#{2,3} /.test(line))
  return commandsOf(document)
    .filter(({ line }) => line > from && line <= end)
    .map(({ typed }) => typed)
}

const drill = ['## The drill', '### From the snapshot', '### From the archive alone'].map(commandsBelow)

test('has no command that is neither typed here nor shown elsewhere', () => {
  const known = [...drill.flat(), ...Object.keys(elsewhere)]
  expect(drill.map((commands) => commands.length)).toEqual([5, 6, 5])
  expect(
    commandsOf(document)
      .map(({ typed }) => typed)
      .toSorted(),
  ).toEqual(known.toSorted())
})

async function typeAll(commands: readonly string[]): Promise<string> {
  let said = ''
  for (const typed of commands) {
    if (/^(npm start|rm|cp)/.test(typed)) await stop()
    const began = checkout.type(typed)
    if (typed.startsWith('npm start')) {
      running = began
      await running.until(/Ctrl-C stops/)
      const files = typed.split(' ').filter((word) => word.endsWith('.zip')).length
      if (files > 0) await expect.poll(publicArticles, { timeout: 240_000, interval: 500 }).toBe(files)
      continue
    }
    expect(await began.ended, `${typed}\n${began.said()}`).toBe(0)
    said = began.said()
  }
  return said
}

async function stop(): Promise<void> {
  await running?.interrupt()
  running = undefined
}

async function publicArticles(): Promise<number> {
  const reply = await fetch(`${at('LAX_PORT')}/api/v2/articles`).catch(() => undefined)
  return reply?.ok ? Object(await reply.json()).total : 0
}

let before: Awaited<ReturnType<typeof served>>
let given: Awaited<ReturnType<typeof received>>

test(
  'articles are published, corrected, withdrawn and retracted, and the database is copied',
  { timeout: 600_000 },
  async () => {
    const [copy = '', ...rest] = drill[0]?.toReversed() ?? []
    await typeAll(rest.toReversed())
    before = await served(ids)
    const statuses = Object.entries(before).map(([address, [status]]: [string, any]) => `${status} ${address}`)
    console.log(statuses.join('\n'))
    given = await received()
    console.log(given)
    await typeAll([copy])
  },
)

test('from the snapshot: all is as it was, and what came after it is there, too', { timeout: 900_000 }, async () => {
  const [start = '', deliver = '', lose = '', ...restore] = drill[1] ?? []
  await typeAll([start, deliver])
  const later = await served([...ids, '00705'])
  await typeAll([lose, restore[0] ?? ''])
  expect(await served(ids)).toEqual(before)
  await typeAll(restore.slice(1))
  await expect.poll(() => served([...ids, '00705']), { timeout: 30_000 }).toEqual(later)
  before = later
  given = await received()
})

test('from the archive alone: the same, and nothing goes to any recipient', { timeout: 900_000 }, async () => {
  const commands = drill[2] ?? []
  const said = await typeAll(commands)
  expect(said).toMatch(/^No deposits\.$/m)
  await expect.poll(() => served([...ids, '00705']), { timeout: 30_000 }).toEqual(before)
  expect(await received()).toEqual(given)
})
