import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { violationsOf } from './browser.fixture.ts'
import { startEveryPage } from './every-page.fixture.ts'

/** Every page in a real browser: its focus (WCAG 2.4.11, wholly, as in 2.4.12), its targets (2.5.8), and what axe finds. */

/** Opens what opens on demand, so that what is in it is looked at, too. */
const openDetails = `for (const details of document.querySelectorAll('details')) details.open = true`

/**
 * Says what hides the focused element, or a part of it: the edge of the window or of what scrolls, or something that lies over it.
 * Null where the focus is on nothing. What is higher than the room between the bars has to show some of itself.
 */
const focusedElement = `(() => {
  const element = document.activeElement
  if (!element || element === document.body) return null
  const name = element.outerHTML.replace(/\\s+/g, ' ').slice(0, 120)
  const problems = []
  const box = element.getBoundingClientRect()
  const inside = (what, outer, room = outer.bottom - outer.top) => {
    const tall = box.height > room, wide = box.width > outer.right - outer.left
    if (tall ? box.top > outer.bottom - 24 || box.bottom < outer.top + 24 : box.top < outer.top - 1 || box.bottom > outer.bottom + 1) problems.push('it is cut off above or below by ' + what)
    if (box.left < outer.left - 1 || (!wide && box.right > outer.right + 1)) problems.push('it is cut off at a side by ' + what)
  }
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement)
  const room = innerHeight - parseFloat(scrollPaddingTop) - parseFloat(scrollPaddingBottom)
  inside('the window', { top: 0, left: 0, right: innerWidth, bottom: innerHeight }, room)
  for (let outer = element.parentElement; outer && outer !== document.documentElement; outer = outer.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(outer)
    if (outer !== document.body && (overflowX !== 'visible' || overflowY !== 'visible')) inside('<' + outer.tagName + ' class="' + outer.className + '">', outer.getBoundingClientRect())
  }
  for (const rect of element.getClientRects())
    for (const [x, y] of [[rect.left + 1, rect.top + 1], [rect.right - 1, rect.top + 1], [rect.left + 1, rect.bottom - 1], [rect.right - 1, rect.bottom - 1]]) {
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue
      const over = document.elementFromPoint(x, y)
      for (let bar = over; bar && !element.contains(over) && !bar.contains(element); bar = bar.parentElement)
        if (['sticky', 'fixed'].includes(getComputedStyle(bar).position) && box.height <= room) problems.push('it is covered by ' + bar.outerHTML.slice(0, 80))
    }
  return { name, problems: [...new Set(problems)] }
})()`

/** Finds what is smaller than 24 px, but for links in a sentence, or lies over another target. A checkbox is as large as its label. */
const smallTargets = `(() => {
  const shown = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter((element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.matches('.quiet-voice, .skip'))
  const inSentence = (element) => {
    if (getComputedStyle(element).display !== 'inline') return false
    const texts = [...element.parentElement.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data)
    return /\\p{L}{2}/u.test(texts.join(' '))
  }
  const boxes = shown.map((element) => [element, element.getBoundingClientRect()])
  const overlaps = boxes.flatMap(([a, one], index) => boxes.slice(index + 1).flatMap(([b, other]) => {
    const [width, height] = [Math.min(one.right, other.right) - Math.max(one.left, other.left), Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)]
    const bar = [a, b].some((each) => each.closest('footer.frame, form.batch'))
    return bar || width < 3 || height < 3 || a.contains(b) ? [] : [Math.round(height) + ' px of ' + a.outerHTML.replace(/\\s+/g, ' ').slice(0, 90) + ' are under ' + b.outerHTML.slice(0, 90)]
  }))
  return [...overlaps, ...shown.filter((element) => !inSentence(element)).flatMap((element) => {
    const boxes = [element, ...(element.labels ?? [])].map((each) => each.getBoundingClientRect())
    const width = Math.max(...boxes.map((box) => box.width)), height = Math.max(...boxes.map((box) => box.height))
    return Math.min(width, height) >= 23.9 ? [] : [Math.round(width) + ' x ' + Math.round(height) + ': ' + element.outerHTML.replace(/\\s+/g, ' ').slice(0, 100)]
  })]
})()`

const maxTabs = 400

/** Tabs through a page, forwards or backwards, and returns what is wrong with each element that gets the focus. */
async function tabThrough(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<{ stops: number; problems: string[] }> {
  const problems: string[] = []
  for (let stops = 0; stops < maxTabs; stops++) {
    await page.keyboard.press(key)
    const focused = await page.evaluate<{ name: string; problems: string[] } | null>(focusedElement)
    if (focused === null) return { stops, problems }
    problems.push(...focused.problems.map((problem) => `${focused.name}: ${problem}`))
  }
  return { stops: maxTabs, problems: [...problems, `more than ${maxTabs} stops`] }
}

test(
  'what has the focus is wholly visible on every page, forwards and backwards, wide and narrow',
  { timeout: 600_000 },
  async () => {
    await using desk = await startEveryPage()
    const page = await desk.sit('graham', 'administrator')
    const found: string[] = []
    for (const { name, open } of desk.places) {
      await page.setViewportSize({ width: 1280, height: 700 })
      await open(page)
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 700 })
        await page.evaluate(openDetails)
        await page.evaluate('document.activeElement?.blur(); scrollTo(0, 0)')
        for (const key of ['Tab', 'Shift+Tab'] as const) {
          const { stops, problems } = await tabThrough(page, key)
          expect(stops, name).toBeGreaterThan(1)
          found.push(...problems.map((problem) => `${name} at ${width} px, ${key}: ${problem}`))
        }
      }
    }
    expect(found).toEqual([])
  },
)

test(
  'every target of every page is 24 px or more at 390 px, but for links in a sentence',
  { timeout: 300_000 },
  async () => {
    await using desk = await startEveryPage()
    const page = await desk.sit('graham', 'administrator')
    const found: string[] = []
    for (const { name, open } of desk.places) {
      await page.setViewportSize({ width: 390, height: 800 })
      await open(page)
      await page.evaluate(openDetails)
      const small = await page.evaluate<string[]>(smallTargets)
      found.push(...small.map((target) => `${name}: ${target}`))
    }
    expect(found).toEqual([])
  },
)

test('axe finds nothing on every page, wide and narrow, light and dark', { timeout: 600_000 }, async () => {
  await using desk = await startEveryPage()
  const page = await desk.sit('graham', 'administrator')
  const found: string[] = []
  for (const { name, open } of desk.places) {
    await open(page)
    found.push(...(await violationsOf(page, 6_000)).map((violation) => `${name}: ${violation}`))
  }
  expect(found).toEqual([])
})
