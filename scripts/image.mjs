// `npm run image`: the steps of the Dockerfile without Docker, and every process started from what they made.
import { launch } from './launch.mjs'

await launch('all', [['scripts/image/main.ts', ...process.argv.slice(2)]])
