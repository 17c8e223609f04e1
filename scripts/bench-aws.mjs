// `npm run bench:aws`: what aws-local's messages, objects and steps cost.
import { launch } from './launch.mjs'

await launch('all', [['bench/aws/main.ts', ...process.argv.slice(2)]])
