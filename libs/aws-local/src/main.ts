#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Most of the start-up time is spent compiling; from the second start on, Node uses its compile cache (NODE_COMPILE_CACHE, else a
// temporary folder).
enableCompileCache()
await import('./command.ts')
