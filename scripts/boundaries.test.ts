import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { readModules, repositoryFiles } from './structure/modules.ts'
import { climbingImports, headlessComments, importCircles, oddFolders, type Rooms } from './structure/rules.ts'

/**
 * The arrows of ARCHITECTURE.md: who may import whom, by the `scope:` tag of each package.json. What only tests import
 * (devDependencies) is listed apart. Only `serve` imports apps.
 */
const mayImport: Record<string, { uses: string[]; testsUse?: string[] }> = {
  article: { uses: [] },
  messages: { uses: [] },
  package: { uses: ['article'] },
  service: { uses: [] },
  'aws-local': { uses: [] },
  'aws-resources': { uses: [], testsUse: ['aws-local'] },
  'workflow-core': { uses: [], testsUse: ['aws-local'] },
  settings: { uses: ['article', 'service', 'aws-resources', 'workflow-core'] },
  bot: {
    uses: ['article', 'package', 'messages', 'service', 'settings', 'aws-resources', 'workflow-core'],
    testsUse: ['aws-local'],
  },
  dashboard: {
    uses: ['article', 'messages', 'recipients', 'service', 'settings', 'aws-resources', 'workflow-core'],
    testsUse: ['aws-local', 'stand-ins'],
  },
  lax: {
    uses: ['article', 'package', 'messages', 'service', 'settings', 'aws-resources'],
    testsUse: ['aws-local'],
  },
  usage: { uses: ['article'] },
  journal: { uses: ['article', 'service', 'settings', 'aws-resources', 'usage'], testsUse: ['aws-local'] },
  metrics: { uses: ['article', 'messages', 'service', 'settings', 'aws-resources', 'usage'], testsUse: ['aws-local'] },
  api: { uses: ['service', 'settings'] },
  deposits: {
    uses: [
      'article',
      'messages',
      'service',
      'settings',
      'aws-resources',
      'workflow-core',
      'recipients',
      'deposit-documents',
      'crossref-schema',
    ],
    testsUse: ['aws-local', 'stand-ins'],
  },
  feeder: { uses: ['messages', 'aws-resources'], testsUse: ['aws-local'] },
  serve: { uses: ['service', 'api', 'bot', 'dashboard', 'deposits', 'journal', 'lax', 'metrics'] },
  continuum: {
    uses: [
      'article',
      'package',
      'messages',
      'service',
      'aws-resources',
      'aws-local',
      'stand-ins',
      'deposit-documents',
      'environments',
      'workflow-core',
    ],
  },
  environments: { uses: ['article', 'service', 'settings', 'aws-resources'] },
  infra: { uses: [], testsUse: ['environments', 'aws-resources', 'service', 'aws-local'] },
  'crossref-schema': { uses: [] },
  'deposit-documents': { uses: ['article', 'package', 'crossref-schema'] },
  recipients: { uses: [], testsUse: ['stand-ins', 'article', 'deposit-documents'] },
  'stand-ins': { uses: ['crossref-schema'] },
  sample: { uses: [] },
  e2e: { uses: [], testsUse: ['continuum'] },
  bench: {
    uses: [],
    testsUse: ['article', 'package', 'aws-local', 'aws-resources', 'service', 'workflow-core', 'continuum'],
  },
}

/** The rooms of each package from the top down: a room imports only from rooms below it. `.` is the source folder itself. */
const rooms: Rooms = {
  'libs/article/src': [
    '.',
    'loss',
    'schema',
    'eif',
    'article-json',
    'packages',
    'description',
    'jats',
    'naming',
    'journal',
  ],
  'libs/aws-local/src': [
    '.',
    'testing/internal',
    'testing/internal/power',
    'control',
    'faults',
    'clients',
    'swf',
    'swf/table',
    'swf/operation',
    'swf/engine',
    'swf/store',
    'swf/decision',
    'swf/wire',
    'swf/execution',
    's3',
    's3/operation',
    's3/store',
    's3/wire',
    's3/model',
    'sqs',
    'sqs/operation',
    'sqs/store',
    'sqs/wire',
    'sqs/model',
    'disk',
    'signature',
    'shared',
    'time',
  ],
  'libs/aws-resources/src': ['.', 'provision', 'queues', 'connect', 'declare'],
  'apps/bot/src': [
    '.',
    'queue-worker',
    'workflow-starter',
    'decider',
    'decider/workflows',
    'worker',
    'worker/implementations',
    'worker/implementations/arrival',
    'worker/implementations/preparation',
    'worker/implementations/publication',
    'worker/step',
    'worker/run',
    'worker/files',
    'worker/services',
    'messages',
    'activities',
  ],
  'apps/continuum/src': [
    '.',
    'completion',
    'importing',
    'site',
    'withdrawal',
    'usage',
    'packages',
    'deposits',
    'articles',
    'operations',
    'publishing',
    'executions',
    'dashboard',
    'environments',
    'status',
    'local',
    'reconcile',
    'feeding',
    'supervisor',
    'errors',
  ],
  'apps/dashboard/src': [
    '.',
    'browser',
    'web',
    'schedule',
    'compare',
    'watch',
    'consume',
    'api',
    'live',
    'sign-in',
    'pages/morning',
    'pages/lists',
    'pages/activity',
    'pages/people',
    'pages/deposits',
    'pages/queues',
    'pages/processes',
    'pages/executions',
    'pages/review',
    'pages/changes',
    'pages/article',
    'pages/schedule',
    'pages/frame',
    'pages/elements',
    'http',
    'content',
    'changes',
    'publish',
    'executions',
    'project',
    'queues',
    'processes',
    'store',
    'derive/rows',
    'derive/rules',
    'derive/history',
  ],
  'infra/environments/src': ['.', 'load', 'check', 'derive', 'model'],
  infra: [
    'foundation',
    '.',
    'account',
    'previews',
    'deploy',
    'deploy/images',
    'policies',
    'cost',
    'proofs/comparison',
    'proofs/testing',
    'proofs/pulumi',
    'proofs/pulumi/aws-provider',
    'proofs/pulumi/aws-provider/real',
    'proofs/pulumi/provider',
    'proofs/pulumi/language-host',
    'proofs/pulumi/cli',
    'proofs/registry',
    'proofs/plan',
    'proofs/stand-in',
    'proofs/stand-in/refusals',
    'proofs/stand-in/services',
    'proofs/stand-in/rules',
    'proofs/wire',
    'components/alarms',
    'components/services',
    'components/services/roles',
    'components/network',
    'components/load-balancer',
    'components/firewall',
    'components/cdn',
    'components/logs',
    'components/database',
    'components/storage',
    'components',
    'environments',
  ],
  'apps/journal/src': [
    '.',
    'ingest',
    'reading',
    'site',
    'pages',
    'indexing',
    'usage',
    'editions',
    'sections',
    'article',
    'markup',
  ],
  'apps/lax/src': ['.', 'rebuild', 'adaptor', 'notifications', 'http', 'store', 'rules'],
  'apps/metrics/src': ['.', 'http', 'counter', 'citations', 'history', 'intake', 'count', 'catalogue'],
  'apps/deposits/src': ['.', 'staff', 'http', 'work', 'plan', 'documents', 'workflows', 'services', 'store', 'rules'],
  'libs/deposit-documents/src': ['.', 'crossref', 'pubmed', 'packages', 'mail', 'record', 'xml'],
  'libs/recipients/src': ['.', 'crossref', 'transfer', 'mail', 'http', 'seam'],
  'libs/stand-ins/src': ['.', 'crossref', 'services', 'files', 'mail', 'faults', 'http'],
  'libs/service/src': [
    '.',
    'services',
    'http',
    'database',
    'testing',
    'postgres',
    'health',
    'process',
    'settings',
    'credentials',
  ],
  'libs/workflow-core/src': [
    '.',
    'testing/internal',
    'testing',
    'processes',
    'client',
    'replay',
    'replay/awaitables',
    'history',
    'declare',
    'values',
  ],
}

const root = fileURLToPath(new URL('..', import.meta.url))
const nx = (...args: string[]) =>
  execFileSync(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true' },
  })

interface Graph {
  nodes: Record<string, { data: { root: string; tags: string[] } }>
  dependencies: Record<string, { target: string }[]>
}
let graph: Graph

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'graph-'))
  try {
    nx('graph', `--file=${join(folder, 'graph.json')}`)
    const file: { graph: Graph } = JSON.parse(readFileSync(join(folder, 'graph.json'), 'utf8'))
    graph = file.graph
  } finally {
    rmSync(folder, { recursive: true })
  }
})

const scopeOf = (project: string) =>
  graph.nodes[project]?.data.tags.find((tag) => tag.startsWith('scope:'))?.slice('scope:'.length) ??
  `${project} has no scope tag`

test('every project has a place in the table, and the table has no others', () => {
  expect(Object.keys(graph.nodes).map(scopeOf).toSorted()).toEqual(Object.keys(mayImport).toSorted())
})

test('nobody depends on what the table does not allow', () => {
  const forbidden = Object.entries(graph.dependencies).flatMap(([project, targets]) => {
    const rule = mayImport[scopeOf(project)]
    const allowed = [...(rule?.uses ?? []), ...(rule?.testsUse ?? [])]
    return targets
      .map(({ target }) => scopeOf(target))
      .flatMap((scope) => (allowed.includes(scope) ? [] : [`${project} -> ${scope}`]))
  })
  expect(forbidden).toEqual([])
})

test('only serve imports apps', () => {
  const isApp = (scope: string) =>
    Object.values(graph.nodes).some(
      ({ data }) => data.tags.includes(`scope:${scope}`) && data.tags.includes('type:app'),
    )
  const importers = Object.entries(mayImport).filter(([, { uses }]) => uses.some(isApp))
  expect(importers.map(([scope]) => scope)).toEqual(['serve'])
})

test('what only tests may import is no dependency of what runs', () => {
  for (const [project, { data }] of Object.entries(graph.nodes)) {
    const manifest: { dependencies?: Record<string, string> } = JSON.parse(
      readFileSync(join(root, data.root, 'package.json'), 'utf8'),
    )
    const ours = Object.keys(manifest.dependencies ?? {}).filter((name) => name in graph.nodes)
    expect(mayImport[scopeOf(project)]?.uses, project).toEqual(expect.arrayContaining(ours.map(scopeOf)))
  }
})

test('a change reaches the tests of all that stand on it, and no others', () => {
  const affectedBy = (file: string) =>
    nx('show', 'projects', '--affected', '--with-target=test', `--files=${file}`)
      .trim()
      .split('\n')
      .map(scopeOf)
      .toSorted()
  expect(affectedBy('apps/feeder/src/main.ts')).toEqual(['feeder'])
  expect(affectedBy('libs/article/src/index.ts')).toEqual([
    'api',
    'article',
    'bot',
    'continuum',
    'dashboard',
    'deposit-documents',
    'deposits',
    'environments',
    'infra',
    'journal',
    'lax',
    'metrics',
    'package',
    'recipients',
    'serve',
    'settings',
    'usage',
  ])
})

const files = repositoryFiles(root)
const modules = readModules(root, files)

test('every room of the table is there', () => {
  const missing = Object.entries(rooms).flatMap(([folder, order]) =>
    order
      .map((room) => (room === '.' ? folder : `${folder}/${room}`))
      .filter((room) => !files.some((file) => file.startsWith(`${room}/`))),
  )
  expect(missing).toEqual([])
})

test('a room imports only from rooms below it', () => {
  expect(climbingImports(modules, rooms)).toEqual([])
})

test('imports make no circle, types counted', () => {
  expect(importCircles(modules)).toEqual([])
})

test('no folder holds more files than a reader takes in, or so few that it is none', () => {
  expect(oddFolders(files)).toEqual([])
})

test('no doc comment begins with a headless clause', () => {
  const found = modules.flatMap(({ path }) =>
    headlessComments(readFileSync(join(root, path), 'utf8')).map((line) => `${path}: ${line}`),
  )
  expect(found).toEqual([])
})
