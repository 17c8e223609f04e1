import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('what a process that rests no longer needs goes back to the system', { timeout: 60_000 }, async () => {
  // Its heap is made large by what it drops at once; it says how large it is then, and after it has rested.
  const program = `
    import { releaseMemoryAtRest } from './release-memory.ts'
    const heap = () => process.memoryUsage().heapTotal / 1e6
    let kept = Array.from({ length: 1_000_000 }, (_, at) => ({ at }))
    const worked = heap()
    kept = []
    releaseMemoryAtRest()
    const began = performance.now()
    while (heap() > 15 && performance.now() - began < 40_000) await new Promise((resolve) => setTimeout(resolve, 1_000))
    console.log(JSON.stringify({ worked, rested: heap() }))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
  })
  const { worked, rested }: { worked: number; rested: number } = JSON.parse(stdout)
  expect(worked).toBeGreaterThan(40)
  expect(rested).toBeLessThan(15)
})
