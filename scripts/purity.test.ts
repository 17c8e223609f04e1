import { spawnSync } from 'node:child_process'
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'

/** The lint of workflows: they are replayed, so they may not ask clock, chance or world. */

const root = fileURLToPath(new URL('..', import.meta.url))
const impure = [
  'export const at = Date.now()',
  'export const at = new Date()',
  'export const at = Temporal.Now.instant()',
  'export const at = performance.now()',
  'export const chance = Math.random()',
  'export const id = crypto.randomUUID()',
  'export const page = fetch("http://example.org")',
  'export const page = globalThis.fetch',
  'export const wait = setTimeout(String, 1)',
  'export const wait = setImmediate(String)',
  'export const home = process.env["HOME"]',
  'console.log("said again in every replay")',
  "import { readFile } from 'node:fs/promises'; export const read = readFile",
  "import { readFile } from 'fs/promises'; export const read = readFile",
  "import { SWFClient } from '@aws-sdk/client-swf'; export const client = SWFClient",
  "import { convert } from '../implementations/convert.ts'; export const by = convert",
  "import { inner } from '@continuum/workflow-core/src/inner.ts'; export const by = inner",
  "export const os = import('node:os')",
  'export const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone',
  'export const shown = (amount: number) => amount.toLocaleString()',
  'export const sorted = (names: string[]) => names.toSorted((a, b) => a.localeCompare(b))',
  'export const { random } = Math',
  'export const soon = AbortSignal.timeout(1)',
  'export const weak = new WeakRef({})',
  'export const every = setInterval(String, 1)',
  'queueMicrotask(String)',
  'export const socket = new WebSocket("ws://example.org")',
  'export const language = navigator.language',
]
const pure = [
  'export const larger = Math.max(1, 2)',
  'export const later = (at: Temporal.Instant) => at.add({ hours: 1 })',
  "import { workflow } from '@continuum/workflow-core'; export const make = workflow",
  "import { step } from '../activities/step.ts'; export const by = step",
]
let complaints: ReadonlyMap<string, number>

/** One run of oxlint over all samples, each a file of a folder `workflows` and another beside it. */
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'purity-'))
  try {
    copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
    for (const house of ['workflows', 'activities']) {
      mkdirSync(join(folder, house))
      for (const [index, sample] of [...impure, ...pure].entries())
        writeFileSync(join(folder, house, `${index}.ts`), `${sample}\n`)
    }
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format=unix', '.'], {
      cwd: folder,
      encoding: 'utf8',
    })
    complaints = Map.groupBy(stdout.matchAll(/^(?:\.\/)?(\w+\/\d+)\.ts:.*no-restricted/gm), ([, file = '']) => file)
      .entries()
      .reduce((counts, [file, { length }]) => counts.set(file, length), new Map<string, number>())
  } finally {
    rmSync(folder, { recursive: true })
  }
})

describe('in a workflow', () => {
  test.for(impure.map((sample, index) => [sample, index] as const))('%s is refused', ([, index]) => {
    expect(complaints.get(`workflows/${index}`)).toBeGreaterThan(0)
  })

  test.for(pure.map((sample, index) => [sample, impure.length + index] as const))('%s is not', ([, index]) => {
    expect(complaints.get(`workflows/${index}`)).toBeUndefined()
  })
})

/** No rule of oxlint knows of it; what a module remembers, another decider does not. */
test('no module of a workflow keeps state', () => {
  const state = /^(?:export )?(?:let|var) |^(?:export )?const [^=]+= (?:new |\[)/m
  expect(state.test('let count = 0')).toBe(true)
  expect(state.test('const seen = new Set<string>()')).toBe(true)
  expect(state.test('const names = []')).toBe(true)
  const files = globSync('{apps,libs,bench}/**/workflows/**/*.ts', {
    cwd: root,
    exclude: (name) => name.includes('node_modules'),
  })
  expect(files.length).toBeGreaterThan(3)
  for (const file of files) {
    if (file.endsWith('.test.ts') || file.endsWith('/index.ts')) continue
    expect(readFileSync(join(root, file), 'utf8'), file).not.toMatch(state)
  }
})

test('beside workflows, the world may be asked', () => {
  const refused = [...complaints.keys()].filter((file) => file.startsWith('activities/'))
  const inner = impure.findIndex((sample) => sample.includes('/src/'))
  expect(refused).toEqual([`activities/${inner}`])
})
