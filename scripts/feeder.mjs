// `npm run -s feeder -- <bucket> <queue>`: feeds packages from a bucket into the pipeline.
import { launch } from './launch.mjs'

await launch('run', [['apps/feeder/src/main.ts', ...process.argv.slice(2)]])
