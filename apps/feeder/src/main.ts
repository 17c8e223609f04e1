#!/usr/bin/env node
import { setTimeout as wait } from 'node:timers/promises'
import { run } from './run.ts'

const stopping = new AbortController()
process.once('SIGINT', () => stopping.abort())
process.once('SIGTERM', () => stopping.abort())

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  now: () => Temporal.Now.instant(),
  sleep: (seconds, signal) => wait(seconds * 1000, undefined, { signal }).catch(() => undefined),
  signal: stopping.signal,
})
