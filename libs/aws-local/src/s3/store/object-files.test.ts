import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createObjectFiles } from './object-files.ts'

const kept = { durable: () => undefined, lasting: true }

function withFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'aws-local-files-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const names = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
  return { folder, names }
}

async function keep(files: ReturnType<typeof createObjectFiles>, content: string) {
  const draft = await files.draft()
  await draft.write(Buffer.from(content))
  return { file: await draft.keep(), size: content.length }
}

async function read(files: ReturnType<typeof createObjectFiles>, file: string, from: number, to: number) {
  const chunks: Buffer[] = []
  for await (const chunk of files.read(file, from, to)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('a kept file is read by range, also under another name', async () => {
  const files = createObjectFiles(withFolder().folder, kept)
  const { file } = await keep(files, '0123456789')
  const copy = await files.link(file)
  files.remove([{ file, size: 10 }])
  expect(await read(files, copy, 2, 4)).toBe('234')
})

test('a discarded draft leaves nothing', async () => {
  const { folder, names } = withFolder()
  const draft = await createObjectFiles(folder, kept).draft()
  await draft.discard()
  expect(names()).toEqual([])
})

test('a file that is held is removed when the last holder lets go', async () => {
  const { folder, names } = withFolder()
  const files = createObjectFiles(folder, kept)
  const segment = await keep(files, 'x')
  const releases = [files.hold([segment]), files.hold([segment])]
  files.remove([segment])
  releases[0]?.()
  expect(names()).toEqual([segment.file])
  releases[1]?.()
  await expect.poll(names).toEqual([])
})

test('a start removes unfinished files and files without a row', async () => {
  const { folder, names } = withFolder()
  const before = createObjectFiles(folder, kept)
  const [used, orphan] = [await keep(before, 'used'), await keep(before, 'orphan')]
  writeFileSync(join(folder, 'incoming', 'half'), 'ha')
  expect(names()).toHaveLength(3)
  createObjectFiles(folder, kept).sweep(new Set([used.file]))
  expect(names()).toEqual([used.file])
  expect(orphan.file).not.toBe(used.file)
})
