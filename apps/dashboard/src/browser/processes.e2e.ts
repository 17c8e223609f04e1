import { expect, test } from 'vitest'
import { createProcessLook } from '../processes/look-at-processes.ts'
import { startProcess } from '../processes/process.fixture.ts'
import { logger } from '../web/dashboard.fixture.ts'
import { startDesk, violationsOf } from './browser.fixture.ts'

/** An operator's look at real processes, in a real browser. */

test(
  'an operator sees what runs in which version, what is gone, and after its restart that it was restarted',
  { timeout: 180_000 },
  async () => {
    const lax = await startProcess(['lax'], '1.2.3')
    const worker = await startProcess(['worker'], '1.2.3')
    const PROCESSES = [
      { name: 'lax', address: lax.address },
      { name: 'worker', address: worker.address },
      { name: 'decider', address: 'http://127.0.0.1:9' },
    ]
    await using desk = await startDesk({ PROCESSES })
    const clock = { now: Date.now() }
    const lookOnce = createProcessLook({ sql: desk.sql, processes: PROCESSES, now: () => clock.now, logger })
    const look = async () => {
      await lookOnce()
      clock.now += 60_000
    }
    const page = await desk.sit('rita', 'reader')
    await page.getByRole('link', { name: 'Processes', exact: true }).click()
    await page.getByText('The consumer has not looked yet.').waitFor()
    await look()
    // The page follows by itself.
    const rowOf = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
    await rowOf('lax').getByText('running since').waitFor()
    expect(await rowOf('lax').innerText()).toMatch(/1\.2\.3[^]*\d MB[^]*lax-queue/)
    expect(await rowOf('decider').innerText()).toContain('not seen within a day')
    expect(await violationsOf(page)).toEqual([])

    await lax.kill()
    await look()
    await look()
    await rowOf('lax').getByText('gone since').waitFor()
    expect(await rowOf('worker').innerText()).toMatch(/running since/)
    await startProcess(['lax'], '1.2.4', lax.port)
    await look()
    await rowOf('lax').getByText('1.2.4').waitFor()
    const [now = '', before = ''] = await rowOf('lax').allInnerTexts()
    expect(now).toMatch(/running since[^]*1\.2\.4\s+1\s/)
    expect(before).toMatch(/gone since[^]*1\.2\.3/)
    expect(await violationsOf(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  },
)
