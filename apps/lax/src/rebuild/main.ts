import { parseArgs } from 'node:util'
import { journalsOf } from '@continuum/article'
import { createClients, namesFor } from '@continuum/aws-resources'
import { connectDatabase, createLogger, readSettings, SettingsError } from '@continuum/service'
import { LaxAdaptorSettings } from '@continuum/settings'
import { rebuild } from './rebuild.ts'
import type { Rebuilt } from './rebuilt.ts'
import { rebuiltText, summaryText } from './text.ts'

const usage = `usage: node apps/lax/src/rebuild/main.ts [--dry-run] [--json]

Makes the store of articles again from the environment's archive bucket. What the store has already is kept as it is, so it may be
run again after an interruption. The settings are those of the process lax-adaptor.

  --dry-run  say what would be made, and change nothing
  --json     print one JSON line per archive

Exits 0 when every archive is in the store, 1 when one is not, 2 for bad usage.`

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const { 'dry-run': dryRun = false, json = false } = values
  const settings = readSettings(LaxAdaptorSettings, process.env)
  const { DATABASE_URL: url, DATABASE_PASSWORD_SECRET: passwordSecret, AWS_REGION: region } = settings
  const logger = createLogger({ service: 'lax-rebuild', level: 'silent' })
  const migrations = new URL('../migrations/', import.meta.url)
  const sql = await connectDatabase({ url, passwordSecret, schema: 'lax', migrations, logger, max: 5 })
  const { archive: bucket } = namesFor(settings).buckets
  const results: Rebuilt[] = []
  try {
    await rebuild({
      sql,
      s3: createClients({ region }).s3,
      bucket,
      journals: journalsOf(settings.JOURNALS),
      cdnUrl: settings.CDN_URL,
      dryRun,
      now: () => Temporal.Now.instant(),
      done: (rebuilt, count, all) => {
        results.push(rebuilt)
        if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K')
        if (json) console.log(JSON.stringify(rebuilt))
        else if (rebuilt.result !== 'kept') console.log(rebuiltText(rebuilt))
        if (process.stderr.isTTY) process.stderr.write(`${count} of ${all}`)
      },
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K')
  if (!json) console.log(summaryText(results, { bucket, dryRun }))
  return results.some(({ result }) => result === 'failed' || result === 'unknown') ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  const isUsage = error instanceof SettingsError || (error instanceof TypeError && 'code' in error)
  console.error(isUsage ? `${error.message}\n\n${usage}` : error)
  process.exitCode = isUsage ? 2 : 1
}
