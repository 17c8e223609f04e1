// `npm test`: installs what testing needs, then runs the tests of every app and library in one run.
import { launch } from './launch.mjs'

await launch('all', [
  ['node_modules/vitest/vitest.mjs', 'run', '--project', '!e2e', '--project', '!pulumi', ...process.argv.slice(2)],
])
