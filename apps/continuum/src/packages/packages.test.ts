import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { journalWithDefaults } from '@continuum/article'
import { fileIn, jats, journalSettings, samplePackage, temporaryFolder } from '@continuum/package/testing'
import { expect, test } from 'vitest'
import { checkPackages } from './check.ts'
import { newJournal } from './new-journal.ts'

const journals = [journalWithDefaults(journalSettings)]
const name = 'journal-00007-vor-r1.zip'

/** Checks packages in a folder, and answers the exit code and what was printed. */
async function check(packages: Readonly<Record<string, Buffer>>, json = false) {
  const base = await temporaryFolder()
  for (const [file, bytes] of Object.entries(packages)) await fileIn(base, file, bytes)
  const lines: string[] = []
  const progress: string[] = []
  const code = await checkPackages(
    Object.keys(packages),
    { journals, base, json },
    { line: (text) => lines.push(text), progress: (text) => progress.push(text) },
  )
  return { code, text: lines.join('\n'), lines, progress }
}

const deadLink = jats().replace('<p>They do.</p>', '<p>They do, <xref rid="nowhere">see there</xref>.</p>')

test('a package that would be taken says so, and nothing else', async () => {
  const { code, text } = await check({ [name]: await samplePackage() })
  expect(code).toBe(0)
  expect(text).toBe(`${name} would be taken\n  article 00007: How rivers bend`)
})

test('one that would not says what, where and what to do, problems first', async () => {
  const { code, text } = await check({
    [name]: await samplePackage({ 'journal-00007.xml': deadLink, 'journal-00007.pdf': undefined }),
  })
  expect(code).toBe(1)
  expect(text).toMatch(/^journal-00007-vor-r1\.zip would NOT be taken \(1 problem, 1 finding\)/)
  expect(text).toMatch(/PROBLEM {2}1 link that leads nowhere .*\n +line \d+: "see there" .*\n +at \/article\/body\[1\]/)
  expect(text).toContain('What to do: Correct the rid of the xref')
  expect(text.indexOf('finding  ')).toBeGreaterThan(text.indexOf('PROBLEM'))
})

test.each([
  ['what is no zip', name, async () => Buffer.from('no zip'), 'not a zip'],
  ['a name of no known journal', 'other-1.zip', () => samplePackage(), 'other-1.zip'],
  [
    'an image that is none',
    name,
    () => samplePackage({ 'journal-00007-fig1.tif': 'none' }),
    'not a readable image: fig1',
  ],
  ['XML that is not well-formed', name, () => samplePackage({ 'journal-00007.xml': '<article>' }), 'not well-formed'],
])('%s is a problem of the package, not a crash', async (_, file, bytes, message) => {
  const { code, text } = await check({ [file]: await bytes() })
  expect(code).toBe(1)
  expect(text).toContain(message)
})

test('several are counted as they are checked and summed up; as JSON they are a line each', async () => {
  const packages = { [name]: await samplePackage(), 'journal-00008-vor-r1.zip': await samplePackage() }
  const { code, text, progress } = await check(packages)
  expect(code).toBe(1)
  expect(progress[0]).toBe(`1 of 2  ${name}`)
  expect(text).toMatch(/1 of 2 packages would be taken; not journal-00008-vor-r1\.zip\.$/)
  const { lines } = await check(packages, true)
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { package: name, taken: true, articleId: '00007', remarks: [] },
    { package: 'journal-00008-vor-r1.zip', taken: false, remarks: [{ severity: 'problem' }] },
  ])
})

test('a path that is no file is bad usage, told before anything is checked', async () => {
  const printing = checkPackages(['nowhere.zip'], { journals, base: '/', json: false }, { line: () => {} })
  await expect(printing).rejects.toThrow('nowhere.zip is no file. Expected are packages')
})

const answers = {
  name: 'A Journal',
  publisher: 'A Publisher',
  prefix: 'journal',
  doiPrefix: '10.5555/journal.',
  issn: '2049-3630',
}

test('a journal is written of five values, after a package was tried', async () => {
  const base = await temporaryFolder()
  await fileIn(base, name, await samplePackage())
  const lines: string[] = []
  const output = { line: (text: string) => void lines.push(text) }
  const about = { answers, folder: join(base, 'journals'), packages: [name], base }
  expect(await newJournal(about, output)).toBe(0)
  expect(JSON.parse(await readFile(join(base, 'journals/journal.json'), 'utf8'))).toEqual(answers)
  expect(lines).toEqual([
    expect.stringContaining('would be taken'),
    expect.stringContaining('Wrote journals/journal.json. Name "journal" in journals'),
  ])
  await expect(newJournal(about, output)).rejects.toThrow('journals/journal.json exists already')
})

test('bad values are refused with what was expected, all at once, and nothing is written', async () => {
  const folder = await temporaryFolder()
  const bad = { ...answers, prefix: 'My Journal', doiPrefix: '5555', issn: '2049-3631' }
  const writing = newJournal({ answers: bad, folder, packages: [], base: folder }, { line: () => {} })
  await expect(writing).rejects.toThrow(
    /^prefix is "My Journal", expected is 1 to 20 .*\ndoiPrefix is "5555", .*\nissn is "2049-3631", whose last character/,
  )
  await expect(readFile(join(folder, 'My Journal.json'))).rejects.toThrow('ENOENT')
})

test('values that are not given are asked for, and named where nobody can be asked', async () => {
  const folder = await temporaryFolder()
  const about = { answers: { name: 'A Journal' }, folder, packages: [], base: folder }
  await expect(newJournal(about, { line: () => {} })).rejects.toThrow('issn is missing (--issn), expected is eight')
  const asked: string[] = []
  const ask = async ({ key }: { readonly key: keyof typeof answers }) => (asked.push(key), answers[key])
  await newJournal({ ...about, ask }, { line: () => {} })
  expect(asked).toEqual(['publisher', 'prefix', 'doiPrefix', 'issn'])
})
