import { chromium, type Browser } from 'playwright-core'

/** A real browser that comes from npm alone, with its system libraries. */
export async function launchBrowser(): Promise<Browser> {
  // Off AWS Lambda, this makes the package unpack its system libraries as well; it reads it when it is imported.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  // With one process for all, closing one context would end the whole browser; and readers' browsers keep origins apart.
  const args = packaged.args.filter((flag) => !['--single-process', '--disable-web-security'].includes(flag))
  return chromium.launch({ args, executablePath: await packaged.executablePath() })
}
