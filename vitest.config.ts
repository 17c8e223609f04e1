import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Tests of whole corpora: minutes, beside the seconds of the others. They run in the project `corpus` alone. */
const corpusTests = '**/*.corpus.test.ts'

/** The projects whose HTTP replies are each checked against the schema of their route; what `api` relays is checked where it comes from. */
const withReplies = ['dashboard', 'deposits', 'journal', 'lax', 'metrics']
const checkEveryReply = fileURLToPath(new URL('libs/service/src/testing/check-every-reply.ts', import.meta.url))

/** The timeout of `expect.poll`: a second, which is the default, is too little on a busy machine. */
const expect = { poll: { timeout: 20_000 } }

/** One project for each app and library, named as its folder; `e2e` and `pulumi` stand apart, for they run the whole. */
const projects = ['apps', 'libs'].flatMap((house) =>
  readdirSync(new URL(house, import.meta.url)).map((name) => ({
    test: {
      name,
      root: `${house}/${name}`,
      include: ['src/**/*.test.ts'],
      exclude: ['**/node_modules/**', corpusTests],
      expect,
      testTimeout: 30_000,
      hookTimeout: 60_000,
      // Modules are loaded once for all files, for loading them would be most of a file's time.
      isolate: false,
      setupFiles: withReplies.includes(name) ? [checkEveryReply] : [],
    },
  })),
)

export default defineConfig({
  test: {
    // As many as there are processors: much of a test is waiting for a server, and by default one processor is left idle.
    maxWorkers: '100%',
    // One PostgreSQL for the whole run; it starts when the first test asks for a database.
    globalSetup: './libs/service/src/testing/test-postgres.ts',
    projects: [
      ...projects,
      ...['infra', 'infra/environments'].map((root) => ({
        test: {
          name: root.slice(root.lastIndexOf('/') + 1),
          root,
          include: ['**/*.test.ts'],
          exclude: ['**/node_modules/**', ...(root === 'infra' ? ['environments/**'] : [])],
          expect,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          isolate: false,
        },
      })),
      {
        test: {
          name: 'corpus',
          include: ['apps/journal/corpus/**/*.test.ts', `{apps,libs}/*/src/${corpusTests}`],
          exclude: ['**/node_modules/**'],
          expect,
          testTimeout: 600_000,
        },
      },
      { test: { name: 'workspace', root: 'scripts', include: ['**/*.test.ts'], expect, testTimeout: 60_000 } },
      {
        test: {
          name: 'pulumi',
          root: 'infra/proofs/pulumi',
          include: ['*.e2e.ts'],
          expect,
          testTimeout: 300_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts', '{apps,libs}/*/src/**/*.e2e.ts'],
          exclude: ['**/node_modules/**'],
          expect,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
