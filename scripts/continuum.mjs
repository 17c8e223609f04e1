// `npm run -s continuum -- <command>`: the operator's command line.
import { launch } from './launch.mjs'

await launch('run', [['apps/continuum/src/main.ts', ...process.argv.slice(2)]])
