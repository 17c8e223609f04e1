import { once } from 'node:events'
import language, { type RunRequest, type RunResponse } from '@pulumi/pulumi/proto/language_pb.js'
import { startProgram, toldAlready } from '../../wire/program.ts'

/** Runs the program to its end. Its output goes to this process's own, which the CLI shows. */
export async function run(request: RunRequest, engine: string): Promise<RunResponse> {
  const info = request.getInfo()
  const child = startProgram(
    {
      project: request.getProject(),
      stack: request.getStack(),
      organization: request.getOrganization(),
      rootDirectory: info?.getRootDirectory() ?? request.getPwd(),
      pwd: request.getPwd(),
      program: info?.getEntryPoint() ?? request.getProgram(),
      args: request.getArgsList(),
      monitor: request.getMonitorAddress(),
      engine,
      parallel: request.getParallel(),
      dryRun: request.getDryrun(),
      config: Object.fromEntries(request.getConfigMap().toArray()),
      secretKeys: request.getConfigsecretkeysList(),
    },
    { stdio: 'inherit' },
  )
  const [code] = await once(child, 'close')
  const response = new language.RunResponse()
  if (code === toldAlready) return response.setBail(true)
  return code === 0 ? response : response.setError(`the program ended with exit code ${code}`)
}
