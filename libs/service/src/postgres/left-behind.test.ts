import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { noteOwner, removeLeftBehind } from './left-behind.ts'

let top: string
let system: string
let folder: string
let disk: string
let link: string

/** A data folder on a disk, and its database elsewhere. */
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'left-behind-'))
  onTestFinished(() => rmSync(top, { recursive: true }))
  system = join(top, 'system')
  folder = join(system, 'data-1')
  disk = join(top, 'disk')
  link = join(disk, 'journal', '.continuum', 'postgres')
  mkdirSync(join(folder, 'postgres'), { recursive: true })
  mkdirSync(join(disk, 'journal', '.continuum'), { recursive: true })
  symlinkSync(join(folder, 'postgres'), link)
  noteOwner(folder, link)
})

test('what is in use stays', () => {
  expect(removeLeftBehind(system)).toEqual([])
  expect(existsSync(folder)).toBe(true)
})

test('a database whose data folder was deleted by hand goes, also when the folder was created again', () => {
  rmSync(join(disk, 'journal', '.continuum'), { recursive: true })
  expect(removeLeftBehind(system)).toEqual([folder])
  expect(existsSync(folder)).toBe(false)

  mkdirSync(join(folder, 'postgres'), { recursive: true })
  mkdirSync(join(disk, 'journal', '.continuum'), { recursive: true })
  symlinkSync(join(folder, 'postgres'), link)
  noteOwner(folder, link)
  rmSync(link)
  symlinkSync(join(system, 'data-2', 'postgres'), link)
  expect(removeLeftBehind(system)).toEqual([folder])
})

test('a disk that is not mounted is no deleted folder', () => {
  renameSync(disk, join(top, 'elsewhere'))
  mkdirSync(disk)
  expect(removeLeftBehind(system)).toEqual([])
})

test('what does not say whose it is stays, and so does what a live server runs on', () => {
  const unknown = join(system, 'data-2')
  mkdirSync(unknown)
  writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n`)
  rmSync(join(disk, 'journal', '.continuum'), { recursive: true })
  expect(removeLeftBehind(system)).toEqual([])
  expect(removeLeftBehind(join(top, 'nowhere'))).toEqual([])
})
