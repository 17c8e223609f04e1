#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Most of a start is reading the program; from the second one on, Node finds it compiled in its cache (NODE_COMPILE_CACHE, else a temporary folder).
enableCompileCache()
await import('./command.ts')
