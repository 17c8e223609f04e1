import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { UserError } from '../errors/user-error.ts'
import { logsAt } from './logs.ts'
import { addLog, noLogs, notTaken, totalsText } from './usage-text.ts'

test('a folder means all log files below it, in the order of their names; hidden files are none', async () => {
  const base = mkdtempSync(join(tmpdir(), 'logs-'))
  onTestFinished(() => rmSync(base, { recursive: true }))
  mkdirSync(join(base, 'logs/2026'), { recursive: true })
  for (const name of ['E1.2026-03-10-12.b.gz', 'E1.2026-03-10-11.a.gz', '2026/E1.log', '.hidden']) {
    writeFileSync(join(base, 'logs', name), name)
  }
  const names = async (file: string) => {
    const found: string[] = []
    for await (const { name } of logsAt(file, { env: 'local', data: '' }, base)) found.push(name)
    return found
  }
  expect(await names('logs')).toEqual(['2026/E1.log', 'E1.2026-03-10-11.a.gz', 'E1.2026-03-10-12.b.gz'])
  expect(await names('logs/2026/E1.log')).toEqual(['E1.log'])
  await expect(names('nothing')).rejects.toThrow('There is no file or folder nothing.')
})

test('the totals of several files tell what was counted, skipped and why, and which files were not taken', () => {
  const totals = noLogs()
  addLog(totals, { name: 'a', lines: 1500, counted: 900, skipped: { 'a robot': 600 } })
  addLog(totals, { name: 'b', lines: 20, counted: 1, skipped: { 'a robot': 9, 'not GET': 10 } })
  addLog(totals, { name: 'c', takenBefore: 'as a', lines: 1500, counted: 0, skipped: {} })
  addLog(totals, notTaken('d', new UserError('This is no CloudFront log')))
  expect(totalsText(totals).split('\n')).toEqual([
    'All: 4 files, 1 taken before, 1 NOT TAKEN, 1,520 lines, 901 counted',
    '        609 not counted: a robot',
    '         10 not counted: not GET',
  ])
  expect(() => notTaken('e', new TypeError('a bug'))).toThrow('a bug')
})
