import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { journalsOf } from '@continuum/article'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, namesOf, provision } from '@continuum/aws-resources'
import { loadEnvironment } from '@continuum/environments'
import { onTestFinished, vi } from 'vitest'
import { standIn } from '../environments/aws.fixture.ts'
import { importArticles, type Imported } from './import-articles.ts'
import { readImportList } from './import-list.ts'
import { importTarget } from './import-target.ts'
import { packageSource } from './package-source.ts'

/** The answer of an environment about a version, which a test sets. */
export interface Answer {
  /** By the dashboard; `published` makes it public in the article store. */
  readonly status: string | null
  readonly message?: string
}

const published = '2013-04-05T06:07:08Z'

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${Object(server.address()).port}`
}

/**
 * Starts an environment to import into: a real S3 and SQS, and the two answers of the dashboard and the article store that an import reads.
 *
 * @param options.answers a version's states, as `00353v1`, one after another; the last stays
 * @param options.fail asked for each call of a service: the status with which it fails
 */
export async function startTarget(options: {
  answers: Readonly<Record<string, readonly Answer[]>>
  fail?: (service: 'dashboard' | 'article store', call: number) => number | undefined
}) {
  const { answers, fail } = options
  const aws = await startAwsLocal()
  onTestFinished(() => aws.close())
  const environment = await loadEnvironment('continuum-test')
  await standIn('SECRETS_MANAGER', { GetSecretValue: () => ({ SecretString: 'the token' }) })
  const arn = '<Arn>arn:aws:sts::123456789012:assumed-role/Operators/ada</Arn>'
  const caller = `<GetCallerIdentityResponse><GetCallerIdentityResult>${arn}</GetCallerIdentityResult></GetCallerIdentityResponse>`
  const sts = await listen((_, reply) => void reply.setHeader('content-type', 'text/xml').end(caller))
  vi.stubEnv('AWS_ENDPOINT_URL_STS', sts)
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  const clients = createClients({ region: environment.region })
  const names = namesOf(environment)
  onTestFinished(() => Object.values(clients).forEach((client) => client.destroy()))
  await provision(clients, names, () => undefined)

  const asked = new Map<string, number>()
  const calls = { dashboard: 0, 'article store': 0 }
  const stateOf = (version: string): Answer | undefined =>
    answers[version]?.at(Math.min(asked.get(version) ?? 0, (answers[version]?.length ?? 1) - 1))
  const failing = (service: keyof typeof calls) => fail?.(service, ++calls[service])
  const dashboardUrl = await listen((request, reply) => {
    void text(request).then((body) => {
      reply.setHeader('content-type', 'application/json')
      const status = failing('dashboard')
      if (status !== undefined) return reply.writeHead(status).end('{}')
      const [{ id, version }]: [{ id: string; version: number }] = JSON.parse(body).articles
      const name = `${id}v${version}`
      const state = stateOf(name) ?? { status: null }
      asked.set(name, (asked.get(name) ?? 0) + 1)
      return reply.end(
        JSON.stringify({ articles: [{ 'publication-status': state.status, message: state.message ?? '' }] }),
      )
    })
  })
  const laxUrl = await listen(({ url = '' }, reply) => {
    reply.setHeader('content-type', 'application/json')
    const status = failing('article store')
    if (status !== undefined) return reply.writeHead(status).end('{}')
    const id = url.split('/')[4] ?? ''
    const versions = Object.keys(answers).filter(
      (name) => name.startsWith(`${id}v`) && stateOf(name)?.status === 'published',
    )
    if (versions.length === 0) return reply.writeHead(404).end('{"title":"not found"}')
    const about = versions.map((name) => [name.slice(id.length + 1), { datetime_published: published }])
    return reply.end(JSON.stringify(Object.fromEntries(about)))
  })

  const folder = mkdtempSync(join(tmpdir(), 'import-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const pauses: number[] = []
  return {
    dashboardUrl,
    laxUrl,
    pauses,
    calls,
    /** The packages of which a run was requested. */
    requested: () =>
      aws
        .queue(names.queues.starter)
        .messages()
        .map(({ body }): string => JSON.parse(body).workflow_data.file_name),
    /** Imports versions such as `00353v1`; answers the result of each line. */
    run: async (
      versions: readonly string[],
      more: { signal?: AbortSignal; atOnce?: number; onPause?: () => void } = {},
    ) => {
      const rows = versions.map((version) => {
        const [id = '', number = ''] = version.split('v')
        const name = `elife-${id}-vor-v${number}.zip`
        writeFileSync(join(folder, name), `the package ${name}`)
        return `${name},${number},${published}`
      })
      const list = readImportList(['package,version,published', ...rows].join('\n'), journalsOf(environment.journals))
      const where = { env: 'continuum-test', data: '', base: '/', dashboardUrl, laxUrl }
      const target = await importTarget(where, { clients, names })
      const pause = async (milliseconds: number) => {
        pauses.push(milliseconds)
        more.onPause?.()
        // Others have their turn, as they would in a real pause.
        await new Promise((resolve) => setImmediate(resolve))
      }
      const results: Imported[] = []
      const reasons: string[] = []
      await importArticles(list, {
        source: packageSource(folder, clients.s3, '/'),
        target: { ...target, pause },
        deposits: false,
        atOnce: more.atOnce ?? 8,
        signal: more.signal ?? new AbortController().signal,
        onRetry: (reason) => void reasons.push(reason),
        done: (imported) => void results.push(imported),
      })
      return { results, reasons }
    },
  }
}
