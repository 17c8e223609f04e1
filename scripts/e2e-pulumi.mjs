// `npm run e2e:pulumi`: the infra program on the genuine Pulumi CLI, and a package through what it made.
import { launch } from './launch.mjs'

await launch('all', [['node_modules/vitest/vitest.mjs', 'run', '--project', 'pulumi', ...process.argv.slice(2)]])
