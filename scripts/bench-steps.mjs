// `npm run bench:steps`: what a workflow's step costs.
import { launch } from './launch.mjs'

await launch('all', [['bench/steps/main.ts', ...process.argv.slice(2)]])
