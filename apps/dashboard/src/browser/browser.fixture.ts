import type { DashboardSettings } from '@continuum/settings'
import axe from 'axe-core'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { startDashboard, signInLink } from '../web/dashboard.fixture.ts'
import type { Role } from '../derive/rules/roles.ts'
import { addAccount } from '../store/accounts.ts'

let browser: Browser | undefined

afterAll(async () => browser?.close())

/** Starts a real browser that comes from npm alone, with its system libraries. */
async function launch(): Promise<Browser> {
  // Off AWS Lambda, this makes the package unpack its system libraries as well; it reads it when it is imported.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  // With one process for all, closing one context would end the whole browser.
  const args = packaged.args.filter((flag) => flag !== '--single-process')
  return chromium.launch({ args, executablePath: await packaged.executablePath() })
}

/** Starts the dashboard on a port, with people who look at it in a browser of their own. */
export async function startDesk(more: Partial<DashboardSettings> = {}) {
  const stack = new AsyncDisposableStack()
  const dashboard = stack.use(await startDashboard(more))
  const url = await dashboard.app.listen({ host: '127.0.0.1', port: 0 })
  browser ??= await launch()
  const open = browser

  /** Signs somebody in, in a browser window of their own, at the dashboard's address or another way to it. */
  const sit = async (user: string, role: Role, baseURL = url): Promise<Page> => {
    await addAccount(dashboard.sql, { name: user, fullName: '', email: null, role, addedBy: 'test' })
    const context = await open.newContext({
      baseURL,
      bypassCSP: true,
      // What has just changed fades in, and has other colours until then.
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    })
    stack.defer(() => context.close())
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    await page.goto(signInLink(user))
    await page.waitForURL('**/current')
    return page
  }
  return { ...dashboard, url, sit, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Finds what axe has against a page, wide and narrow, light and dark.
 *
 * @param height the height of the window; in a tall one no bar lies over what can be scrolled away from under it
 */
export async function violationsOf(page: Page, height = 800): Promise<string[]> {
  const found: string[] = []
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme })
    await page.addScriptTag({ content: axe.source })
    const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
      `axe.run({ runOnly: ${JSON.stringify(rules)} }).then((result) => result.violations)`,
    )
    found.push(
      ...violations.map(({ id, nodes }) => `${page.url()} at ${width} ${colorScheme}: ${id} ${nodes[0]?.html}`),
    )
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}
