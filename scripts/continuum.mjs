#!/usr/bin/env node
// `continuum` on the PATH, after `npm link` in the checkout: the same command line as `npm run -s continuum --`, from any folder.
import { launch } from './launch.mjs'

// Relative paths are those of the folder that it is called in.
process.env.INIT_CWD = process.cwd()
await launch('run', [['apps/continuum/src/main.ts', ...process.argv.slice(2)]])
