import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import grpcService, { type IEngineServer } from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import engine, { type LogRequest } from '@pulumi/pulumi/proto/engine_pb.js'
import type { Server } from '@grpc/grpc-js'
import { answer } from '../wire/serve.ts'

/**
 * Adds the engine service, to which a program reports its errors and its root resource.
 *
 * @returns the errors, as they arrive
 */
export function addEngine(server: Server): string[] {
  const errors: string[] = []
  let root = ''
  server.addService(grpcService.EngineService, {
    log: answer((request: LogRequest) => {
      if (request.getSeverity() === engine.LogSeverity.ERROR) errors.push(request.getMessage().trim())
      return new empty.Empty()
    }),
    getRootResource: answer(() => new engine.GetRootResourceResponse().setUrn(root)),
    setRootResource: answer((request) => {
      root = request.getUrn()
      return new engine.SetRootResourceResponse()
    }),
  } satisfies Partial<IEngineServer>)
  return errors
}
