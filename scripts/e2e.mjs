// `npm run e2e`: the whole system, started and driven as its users would.
import { launch } from './launch.mjs'

await launch('all', [['node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', ...process.argv.slice(2)]])
