import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contrast } from '../check/contrast.ts'
import { ruleErrors } from '../check/rules.ts'
import { loadEnvironment } from './folder.ts'
import { siteContentOf } from './site-content.ts'

function folderOf(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'site-content-'))
  mkdirSync(join(folder, 'journals/joe'), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'journals/joe', name), text)
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}
const read = (folder: string) =>
  siteContentOf(['joe', 'ann', { prefix: 'own' }], [{ prefix: 'joe' }, { prefix: 'ann' }], folder)

test('the folder beside a journal has its colours, logo and pages, each with its title', async () => {
  using files = folderOf({
    'site.json': '{ "colour": "#0a5a66" }',
    'logo.svg': '<svg/>',
    'about.md': '# About *us*\r\n\r\nWe exist.\r\n',
    'policies.md': '\n# Policies',
  })
  expect(await read(files.folder)).toEqual({
    problems: [],
    content: [
      {
        journal: 'joe',
        colour: '#0a5a66',
        logo: '<svg/>',
        pages: [
          { name: 'about', title: 'About *us*', text: 'We exist.' },
          { name: 'policies', title: 'Policies', text: '' },
        ],
      },
    ],
  })
})

test.for([
  [{ 'about.md': 'No title' }, /about\.md must begin with its title/],
  [{ 'site.json': '{' }, /journals\/joe\/ .*JSON/],
  [{ 'about.md': `# A\n${'long '.repeat(7000)}` }, /a process can be given 32000/],
] as const)('what cannot be shown is told: %j', async ([given, message]) => {
  using files = folderOf(given)
  expect((await read(files.folder)).problems.map(({ text }) => text)).toEqual([expect.stringMatching(message)])
})

test('a colour that is hard to read is refused', async () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  const environment = await loadEnvironment('local')
  const pages: never[] = []
  const errors = ruleErrors({
    ...environment,
    siteContent: [{ journal: 'joe', colour: '#ffff00', darkColour: '#83cbd6', pages }],
  })
  expect(errors.map(({ path }) => path)).toEqual(['siteContent.0.colour'])
})

test('the journals of this project are shown in their own looks', async () => {
  const { siteContent } = await loadEnvironment('local')
  expect(siteContent.map(({ journal, pages }) => [journal, pages.map(({ name }) => name)])).toEqual([
    ['continuum', ['about', 'policies']],
    ['ijm', []],
    ['meridian', ['about']],
  ])
})
