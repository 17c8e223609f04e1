import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ServerWritableStream } from '@grpc/grpc-js'
import language, { type RunPluginRequest, type RunPluginResponse } from '@pulumi/pulumi/proto/language_pb.js'

/** Runs a policy pack until the engine stops it, and passes on its output: the port first. */
export function runPlugin(call: ServerWritableStream<RunPluginRequest, RunPluginResponse>): void {
  const request = call.request
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getProgram()
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('policy-pack.ts', import.meta.url)), ...request.getArgsList(), folder],
    {
      cwd: request.getPwd(),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...variables(request.getEnvList()) },
    },
  )
  child.stdout.on('data', (bytes) => call.write(new language.RunPluginResponse().setStdout(bytes)))
  child.stderr.on('data', (bytes) => call.write(new language.RunPluginResponse().setStderr(bytes)))
  child.once('close', (code) => {
    call.write(new language.RunPluginResponse().setExitcode(code ?? 0))
    call.end()
  })
  call.on('cancelled', () => child.kill())
}

const variables = (list: readonly string[]) =>
  Object.fromEntries(list.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]))
