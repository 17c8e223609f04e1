/** Writes NOTICE from the lock file: `node scripts/licences/main.ts`. A test fails while it is not up to date. */
import { readFileSync, writeFileSync } from 'node:fs'
import { noticeOf, shippedPackages } from './notice.ts'

const at = (file: string) => new URL(`../../${file}`, import.meta.url)
writeFileSync(at('NOTICE'), noticeOf(shippedPackages(JSON.parse(readFileSync(at('package-lock.json'), 'utf8')))))
