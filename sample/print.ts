/**
 * Prints the sample article's page as its PDF: `node sample/print.ts <address of the page>`. Then run build.ts again.
 * It takes the system's fonts, which must include one for mathematics (STIX or DejaVu Math).
 */
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const [address] = process.argv.slice(2)
if (!address)
  throw new Error('Say which page to print: node sample/print.ts http://127.0.0.1:4601/articles/continuum-00001v1')
// Off AWS Lambda, this makes the package unpack its system libraries as well.
process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x'
process.env['FONTCONFIG_PATH'] ??= '/etc/fonts'
const { default: packaged } = await import('@sparticuz/chromium')
const browser = await chromium.launch({ args: packaged.args, executablePath: await packaged.executablePath() })
try {
  const page = await browser.newPage()
  await page.goto(address, { waitUntil: 'networkidle' })
  // A link to the machine that printed it leads nowhere elsewhere.
  await page.evaluate(
    "for (const link of document.querySelectorAll('a[href]')) if (link.host === location.host && !link.hash || link.hostname === '127.0.0.1' && link.pathname !== location.pathname) link.removeAttribute('href')",
  )
  await page.pdf({
    path: fileURLToPath(new URL('source/continuum-00001.pdf', import.meta.url)),
    format: 'A4',
    margin: { top: '18mm', bottom: '18mm', left: '18mm', right: '18mm' },
  })
} finally {
  await browser.close()
}
