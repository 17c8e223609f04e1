// `node scripts/changelog.mjs VERSION`: prints the section of CHANGELOG.md for a version; exit code 1 where there is none.
import { readFileSync } from 'node:fs'

const version = process.argv[2]
const text = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8')
const section = text.split(/^## /m).find((part) => part.startsWith(`[${version}]`))
if (section === undefined) {
  process.stderr.write(`CHANGELOG.md has no section "## [${version}]": give "Unreleased" that name before the tag.\n`)
  process.exit(1)
}
process.stdout.write(section.slice(section.indexOf('\n') + 1).trim() + '\n')
