// `npm run bench:replay`: what an execution costs a decider, in time and memory.
import { launch } from './launch.mjs'

await launch('all', [['--expose-gc', '--no-flush-bytecode', 'bench/replay/main.ts', ...process.argv.slice(2)]])
