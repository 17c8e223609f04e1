import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../environment.ts'
import { articleXml, zip } from '../small-package.ts'
import { blocksOf, commandsOf } from './blocks.ts'
import { newCheckout, type Checkout, type Typed } from './checkout.ts'
import { elsewhere } from './elsewhere.ts'
import { outcomes, type Outcome } from './outcomes.ts'

/** In the order in which a reader goes through them: each finds the system as the one before left it. */
const documents = [
  'README.md',
  'docs/manual.md',
  'docs/people.md',
  'docs/environments.md',
  'docs/operators.md',
  'docs/your-journal.md',
  'docs/first-day.md',
]
/** Their commands have tests of their own. */
const others = ['docs/pulumi-up.md', 'docs/add-a-step.md', 'docs/recovery.md', 'docs/moving-in.md']

/** Far more than any command takes, for a machine that does much else. */
const longest = 600_000

let checkout: Checkout
/** The `npm start` that runs. */
let running: Typed | undefined
const home = (name: string) => join(checkout.home, name)

beforeAll(async () => {
  checkout = await newCheckout()
  const body = '<body><p>Text.</p></body>'
  for (const id of ['00101', '00102', '00103', '00666', '00667'])
    writeFileSync(home(`elife-${id}-vor-r1.zip`), await zip({ [`elife-${id}.xml`]: articleXml(id, body) }))
  writeFileSync(home('elife-10856-vor-r4.zip'), await zip({ 'elife-10856.xml': articleXml('10856', body) }))
  for (const id of ['00777', '00778']) writeFileSync(home(`elife-${id}-v1.xml`), articleXml(id, body))
  const ofJoe = articleXml('00007', body).replaceAll('10.7554/eLife.', '10.5555/joe.')
  writeFileSync(home('joe-00007-vor-r1.zip'), await zip({ 'joe-00007.xml': ofJoe }))
})
afterAll(() => checkout[Symbol.asyncDispose]())

/** Brings about what a document's commands find. */
const before: Readonly<Record<string, () => Promise<void>>> = {
  // A system that runs, a delivery that failed, a dead letter, and an environment in AWS.
  'docs/manual.md': async () => {
    await start('npm start')
    writeFileSync(home('elife-00353-vor-r1.zip'), 'no zip')
    await checkout.type('npm run -s continuum -- deliver ~/elife-00353-vor-r1.zip').ended
    await checkout.type("npm run -s continuum -- start-workflow Nope '{}'").ended
    const dead = async () => {
      const asked = checkout.type('npm run -s continuum -- queues workflow-starter-queue')
      await asked.ended
      return asked.said()
    }
    await expect.poll(dead, { timeout: 240_000, interval: 500 }).toContain('Nope')
    const provision = checkout.type('npm run -s continuum -- provision --env continuum-test', aws())
    expect(await provision.ended, provision.said()).toBe(0)
    const { AWS_ENDPOINT_URL: endpoint = '', AWS_ACCESS_KEY_ID: accessKeyId = '', ...more } = aws()
    const credentials = { accessKeyId, secretAccessKey: more['AWS_SECRET_ACCESS_KEY'] ?? '' }
    const s3 = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true })
    const Key = 'elife-10856-vor-r4.zip'
    await s3.send(new PutObjectCommand({ Bucket: 'ct-elife-production-final', Key, Body: readFileSync(home(Key)) }))
    s3.destroy()
  },
  // The environment's file is there, as the document shows it.
  'docs/first-day.md': async () => {
    const [file] = blocksOf('docs/first-day.md').filter(({ language }) => language === 'ts')
    writeFileSync(join(checkout.folder, 'infra/environments/press.ts'), file?.text ?? '')
  },
  // The journal is named in the environment's file, as the document says.
  'docs/your-journal.md': async () => {
    const [line] = blocksOf('docs/your-journal.md').filter(({ text }) => text.startsWith('journals:'))
    checkout.change('infra/environments/local.ts', /^ *journals: \[.*\],?$/m, line?.text.trim() ?? '')
  },
}

/** Credentials of an AWS, as an operator's shell has them. */
function aws(): Record<string, string> {
  const keys: Record<string, string> = JSON.parse(
    readFileSync(join(checkout.folder, '.continuum', 'aws-keys.json'), 'utf8'),
  )
  const [[id, secret] = ['', '']] = Object.entries(keys)
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${checkout.variables['AWS_PORT']}`,
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_REGION: 'us-east-1',
  }
}

describe.each(documents)('%s', (document) => {
  const commands = commandsOf(document)

  test('has no block whose language is not said, and none of a shell that is not `sh`', () => {
    const languages = new Set(blocksOf(document).map(({ language }) => language))
    expect([...languages].filter((each) => !['sh', 'ts', 'json', 'yaml', 'mermaid'].includes(each))).toEqual([])
  })

  test('has no command that is neither run here nor shown elsewhere, and these have no others', () => {
    const known = [...Object.keys(outcomes[document] ?? {}), ...Object.keys(elsewhere[document] ?? {})]
    expect(commands.map(({ typed }) => typed).toSorted()).toEqual(known.toSorted())
  })

  const shown = Object.entries(elsewhere[document] ?? {}).flatMap(([typed, { shown: by }]) =>
    by ? [{ typed, by }] : [],
  )
  test.each(shown)('shown elsewhere: $typed', ({ by: { file, has } }) => {
    expect(readFileSync(join(root, file), 'utf8')).toContain(has)
  })

  const run = commands.flatMap(({ typed, line }) => {
    const outcome = outcomes[document]?.[typed]
    return outcome === undefined ? [] : [{ typed, line, outcome }]
  })
  describe.runIf(run.length > 0)('its commands', () => {
    test('find what they speak of', async () => before[document]?.(), longest)
    for (const { typed, line, outcome } of run) {
      test(`line ${line}: ${typed}`, () => expectOutcome(typed, outcome), longest)
    }
  })
})

test('no other document has commands that nothing runs', () => {
  const all = readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)
  const texts = all.filter((name) => name.endsWith('.md') && ![...documents, ...others].includes(name))
  expect(texts.flatMap((name) => blocksOf(name)).filter(({ language }) => language !== 'mermaid')).toEqual([])
})

test('what it did left no trace in the project itself', () => {
  for (const trace of ['.continuum', 'infra/environments/journals/joe.json'])
    expect(existsSync(join(root, trace)) && existsSync(join(checkout.folder, trace)), trace).toBe(false)
})

async function expectOutcome(typed: string, outcome: Outcome): Promise<void> {
  if ('runs' in outcome) return start(typed, outcome.runs)
  if (outcome.stopped) await stop()
  const began = checkout.type(typed, outcome.in === 'aws' ? aws() : {})
  const code = await began.ended
  expect(began.said()).toMatch(outcome.says)
  expect(code, began.said()).toBe(outcome.code ?? 0)
}

async function start(typed: string, wanted = /Ctrl-C stops everything/): Promise<void> {
  await stop()
  running = checkout.type(typed)
  await running.until(wanted)
}

async function stop(): Promise<void> {
  await running?.interrupt()
  running = undefined
}
