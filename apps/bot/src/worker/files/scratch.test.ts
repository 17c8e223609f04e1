import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '@continuum/package/testing'
import { openScratch } from './scratch.ts'

test('a folder is removed with its contents when it is disposed of', async () => {
  const parent = await temporaryFolder()
  await using scratch = await openScratch(parent)
  const [root = ''] = await readdir(parent)
  {
    await using folder = await scratch.folder()
    await writeFile(join(folder.path, 'file'), 'x')
    expect(await readdir(join(parent, root))).toHaveLength(1)
  }
  expect(await readdir(join(parent, root))).toEqual([])
})

test('the folder of a killed process is removed, that of a running one stays', async () => {
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
