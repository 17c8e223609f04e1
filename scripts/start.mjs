// `npm start`: installs what running needs, then the whole system on this machine.
import { launch } from './launch.mjs'

await launch('run', [['apps/continuum/src/main.ts', 'start', ...process.argv.slice(2)]])
