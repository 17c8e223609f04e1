// `npm run bench`: the figures, each a ratio measured in one run.
import { launch } from './launch.mjs'

await launch('all', [['bench/main.ts', ...process.argv.slice(2)]])
