// `npm run verify`: everything that a machine can check without running the code: types, lint, format, unused code, boundaries.
import { launch } from './launch.mjs'

await launch('all', [
  ['node_modules/typescript/bin/tsc', '-p', '.'],
  ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
  ['node_modules/oxfmt/bin/oxfmt', '--check'],
  ['node_modules/knip/bin/knip.js'],
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'workspace'],
])
