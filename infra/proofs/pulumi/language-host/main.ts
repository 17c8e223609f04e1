import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import grpcService, { type ILanguageRuntimeServer } from '@pulumi/pulumi/proto/language_grpc_pb.js'
import language from '@pulumi/pulumi/proto/language_pb.js'
import plugin from '@pulumi/pulumi/proto/plugin_pb.js'
import { answer, newServer, servePlugin } from '../../wire/serve.ts'
import { runPlugin } from './run-plugin.ts'
import { run } from './run.ts'

/**
 * The `pulumi-language-nodejs` of the Pulumi CLI in tests, as far as `up`, `preview`, `refresh` and `destroy` need it: it runs the
 * program and policy packs in the SDK's own hosts. Everything else is answered with gRPC's "unimplemented".
 */
const [engine = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))

const server = newServer()
server.addService(grpcService.LanguageRuntimeService, {
  handshake: answer(() => new language.LanguageHandshakeResponse()),
  getPluginInfo: answer(() => new plugin.PluginInfo().setVersion('3.0.0')),
  // None: the engine asks for a provider when the first resource of its package comes, and finds it on PATH.
  getRequiredPackages: answer(() => new language.GetRequiredPackagesResponse()),
  getRequiredPlugins: answer(() => new language.GetRequiredPluginsResponse()),
  run: answer((request) => run(request, engine)),
  runPlugin,
  cancel: answer(() => new empty.Empty()),
} satisfies Partial<ILanguageRuntimeServer>)
await servePlugin(server)
