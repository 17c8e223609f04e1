#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// From the second start on, Node uses its compile cache.
enableCompileCache()
await import('./command.ts')
