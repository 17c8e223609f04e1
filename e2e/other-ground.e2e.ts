import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newEnvironment, root, type Environment } from './environment.ts'
import { keysOf, publishedVersions } from './inspect.ts'
import { otherPostgres, type OtherPostgres } from './other-postgres.ts'
import { realPackage, realPackages } from './shared.ts'

const aws = process.env['E2E_OTHER_AWS']
const postgres = process.env['E2E_OTHER_POSTGRES']
const present = Boolean(aws && postgres)

/**
 * The same pipeline on another SWF, SQS and S3 (`moto_server`) and on Debian's own PostgreSQL: no service may know which it has.
 *
 * What moto's SWF lacks, and the pipeline therefore does without: it knows seven decision types (schedule an activity, start and
 * cancel a timer, record a marker, complete, fail and cancel an execution) and answers 500 to RequestCancelWorkflowExecution, so
 * neither children nor a cancelled delivery are tried here. It keeps its state in memory: nothing survives its end.
 */
describe.skipIf(!present)(
  `on another AWS and another PostgreSQL${present ? '' : ' (skipped: E2E_OTHER_AWS and E2E_OTHER_POSTGRES name none)'}`,
  () => {
    let environment: Environment
    let database: OtherPostgres
    const packages = [
      join(root, 'sample/continuum-00001-vor-r1.zip'),
      ...(realPackages.length > 0 ? [realPackage('elife-00353-vor-v1-20121213000000.zip')] : []),
    ]
    beforeAll(async () => {
      database = await otherPostgres(postgres ?? '')
      environment = await newEnvironment({ AWS_ENDPOINT_URL: aws ?? '', DATABASE_URL: database.url })
    })
    afterAll(async () => {
      await environment[Symbol.asyncDispose]()
      await database.stop()
    })

    test('two packages go from zip to published page', async () => {
      const run = environment.start('--automatic', '--json', ...packages)
      for (const file of packages) {
        const line = await run.line((text) => text.includes(JSON.stringify(file)))
        expect(JSON.parse(line)).toMatchObject({ status: 'published', version: 1 })
      }
      expect(await publishedVersions(environment, 'continuum-00001')).toEqual([1])
      expect((await fetch(`${environment.urls.journal}/articles/continuum-00001`)).status).toBe(200)
      expect(await keysOf(environment, 'publishing-archive')).toHaveLength(packages.length)
      const { stdout } = await environment.command('status', '--json')
      const { processes }: { processes: { name: string }[] } = JSON.parse(stdout)
      expect(processes.map(({ name }) => name)).not.toContain('aws-local')
      expect(processes.map(({ name }) => name)).not.toContain('postgres')
      // 18.12: its user may create users, so that each service has its own.
      expect(run.stdout.join('\n')).not.toContain('CREATEROLE')
    })
  },
)
