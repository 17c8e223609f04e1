import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandsOf } from '../documents/blocks.ts'
import { newCheckout, type Checkout, type Typed } from '../documents/checkout.ts'
import { root } from '../environment.ts'
import { articleXml, zip } from '../small-package.ts'

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
  const answers: Record<string, { status: number; location: string | null; text: string }> = {}
  for (const address of addresses) {
    const reply = await fetch(address, { redirect: 'manual' })
    answers[address] = { status: reply.status, location: reply.headers.get('location'), text: await reply.text() }
  }
  return answers
}

/** The documents and mails that the stand-ins of recipients were given since they were started; mails to our own staff apart. */
async function received() {
  const page = await (await fetch(at('STANDINS_PORT'))).text()
  const mailbox = await fetch(`${at('STANDINS_PORT')}/mailbox.json`)
  const mails: { to: string[] }[] = JSON.parse(await mailbox.text())
  return {
    documents: page.match(/\b\d+ (?:records|articles|citations|notifications|files)\b/g),
    mails: mails.filter(({ to }) => !to.includes('staff@example.org')),
  }
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
    const statusOf = (address: string) => before[`${at('JOURNAL_PORT')}/articles/${address}`]?.status
    expect(['00701v1', '00701v2', '00702', '00703v1', '00704'].map(statusOf)).toEqual([200, 200, 410, 200, 200])
    expect(before[`${at('LAX_PORT')}/api/v2/articles/00703`]?.text).toContain('The words are mended.')
    expect(before[`${at('LAX_PORT')}/api/v2/articles/00704`]?.text).toContain('RETRACTED')
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

test(
  'planned again in the empty database, what was sent before is not sent: a person is asked',
  { timeout: 600_000 },
  async () => {
    const { AWS_ENDPOINT_URL: endpoint, ...credentials } = awsOf()
    const s3 = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true })
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: 'local-continuum-publishing-expanded', Prefix: '00701.2/' }),
    )
    s3.destroy()
    const run = Contents.find(({ Key }) => Key?.endsWith('/manifest.json'))?.Key?.split('/')[1] ?? ''
    const folder = `00701.2/${run}`
    const data = {
      article_id: '00701',
      version: '2',
      run,
      expanded_folder: folder,
      status: 'vor',
      update_date: '2026-01-01T00:00:00Z',
      eif_location: `${folder}/elife-00701-v2.json`,
    }
    await typeAll([`continuum start-workflow PostPerfectPublication '${JSON.stringify(data)}'`])
    const states = async () => {
      const asked = checkout.type('continuum deposits --article 00701 --json')
      await asked.ended
      return asked.stdout.map((line): string => JSON.parse(line).state)
    }
    await expect.poll(states, { timeout: 240_000, interval: 1000 }).toContain('uncertain')
    await expect.poll(states, { timeout: 60_000, interval: 1000 }).not.toContain('planned')
    expect((await states()).filter((state) => state === 'sent' || state.startsWith('confirmed'))).toEqual([])
    expect(await received()).toEqual(given)
  },
)

/** The address and credentials of the environment's AWS. */
function awsOf() {
  const keys: Record<string, string> = JSON.parse(
    readFileSync(join(checkout.folder, '.continuum', 'aws-keys.json'), 'utf8'),
  )
  const [[accessKeyId, secretAccessKey] = ['', '']] = Object.entries(keys)
  return { AWS_ENDPOINT_URL: at('AWS_PORT'), accessKeyId, secretAccessKey }
}
