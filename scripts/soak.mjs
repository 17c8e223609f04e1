// `npm run soak`: random workflows, whose deciders and workers are killed at random.
import { launch } from './launch.mjs'

await launch('all', [['libs/workflow-core/src/testing/internal/soak.ts', ...process.argv.slice(2)]])
