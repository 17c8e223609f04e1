import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openScratch } from './scratch.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'

test('a folder is gone as soon as it is disposed of, with what is in it', async () => {
  const parent = await temporaryFolder()
  await using scratch = await openScratch(parent)
  const [room = ''] = await readdir(parent)
  {
    await using folder = await scratch.folder()
    await writeFile(join(folder.path, 'file'), 'x')
    expect(await readdir(join(parent, room))).toHaveLength(1)
  }
  expect(await readdir(join(parent, room))).toEqual([])
})

test('what a killed process has left is cleared, what a living one has stays', async () => {
  const parent = await temporaryFolder()
  await mkdir(join(parent, 'continuum-scratch-999999999-abc', 'f-1'), { recursive: true })
  await mkdir(join(parent, `continuum-scratch-${process.ppid}-abc`))
  await mkdir(join(parent, 'something-else'))
  await using scratch = await openScratch(parent)
  expect(scratch).toBeDefined()
  const left = await readdir(parent)
  expect(left).toContain(`continuum-scratch-${process.ppid}-abc`)
  expect(left).toContain('something-else')
  expect(left).not.toContain('continuum-scratch-999999999-abc')
})
