import { randomBytes } from 'node:crypto'
import type { Server } from '@grpc/grpc-js'
import plugin from '@pulumi/pulumi/proto/plugin_pb.js'
import grpcService, { type IResourceProviderServer } from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import provider, { type CheckRequest, type DiffRequest } from '@pulumi/pulumi/proto/provider_pb.js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import { kindOf } from '../../stand-in/kinds.ts'
import { validate, withName } from '../../stand-in/make.ts'
import { answer } from '../../wire/serve.ts'
import { fromStruct, toStruct, type Properties } from '../../wire/values.ts'
import { differenceOf } from './difference.ts'
import { updated, type Keeper } from './keeper.ts'

/**
 * Adds Pulumi's provider protocol on top of a keeper: validates inputs by the stand-in's rules, computes differences, and has the
 * keeper apply them. The id of a resource is among its outputs, as Pulumi's own AWS provider has it: policies find it there.
 *
 * @param options.configure receives the provider's own inputs; if it throws, the provider refuses to work
 */
export function addProvider(server: Server, options: { version: string; configure(inputs: Properties): Keeper }): void {
  let keeper: Keeper | undefined
  const keeping = (): Keeper => {
    if (keeper === undefined) throw new Error('The provider is not configured.')
    return keeper
  }
  const configResponse = (request: CheckRequest) => new provider.CheckResponse().setInputs(request.getNews())

  server.addService(grpcService.ResourceProviderService, {
    getPluginInfo: answer(() => new plugin.PluginInfo().setVersion(options.version)),
    checkConfig: answer(configResponse),
    diffConfig: answer((request: DiffRequest) => {
      const same = request.getNews()?.toString() === request.getOldInputs()?.toString()
      return new provider.DiffResponse().setChanges(same ? changes.DIFF_NONE : changes.DIFF_SOME)
    }),
    configure: answer((request) => {
      keeper = options.configure(fromStruct(request.getArgs()))
      return new provider.ConfigureResponse().setSupportspreview(true)
    }),
    check: answer(check),
    diff: answer(diff),
    create: answer(async (request) => {
      const inputs = fromStruct(request.getProperties())
      // Outputs are not known yet.
      if (request.getPreview()) return new provider.CreateResponse().setProperties(toStruct(inputs))
      const { id, outputs } = await keeping().create({ type: request.getType(), name: request.getName(), inputs })
      return new provider.CreateResponse().setId(id).setProperties(toStruct({ ...outputs, id }))
    }),
    read: answer(async (request) => {
      const [type, name, id] = [request.getType(), request.getName(), request.getId()]
      const [inputs, outputs] = [fromStruct(request.getInputs()), fromStruct(request.getProperties())]
      const found = await keeping().read({ type, name, id, inputs, outputs })
      const response = new provider.ReadResponse()
      return found === undefined
        ? response
        : response
            .setId(id)
            .setInputs(toStruct(found.inputs))
            .setProperties(toStruct({ ...found.outputs, id }))
    }),
    update: answer(async (request) => {
      const [type, name, id] = [request.getType(), request.getName(), request.getId()]
      const [inputs, outputs] = [fromStruct(request.getNews()), fromStruct(request.getOlds())]
      const oldInputs = fromStruct(request.getOldInputs())
      const known = request.getPreview()
        ? updated(outputs, oldInputs, inputs)
        : await keeping().update({ type, name, id, inputs, oldInputs, outputs })
      return new provider.UpdateResponse().setProperties(toStruct({ ...known, id }))
    }),
    delete: answer(async (request) => {
      await keeping().delete({
        type: request.getType(),
        id: request.getId(),
        outputs: fromStruct(request.getProperties()),
      })
      return new empty.Empty()
    }),
    invoke: answer(async (request) => {
      const answered = await keeping().invoke(request.getTok(), fromStruct(request.getArgs()))
      return new provider.InvokeResponse().setReturn(toStruct(answered))
    }),
    cancel: answer(() => new empty.Empty()),
  } satisfies Partial<IResourceProviderServer>)
}

const changes = provider.DiffResponse.DiffChanges

/** Adds a generated name, or the previous one, to the inputs and validates them. */
function check(request: CheckRequest) {
  const [type, name, news] = [request.getType(), request.getName(), fromStruct(request.getNews())]
  const had = fromStruct(request.getOlds())
  const { named } = kindOf(type)
  const keeps = named !== undefined && news[named] === undefined && had[named] !== undefined
  const inputs = keeps
    ? { ...news, [named]: had[named] ?? null }
    : withName({ type, name, inputs: news, digits: randomBytes(32).toString('hex') })
  const failures = validate(type, inputs).map(({ property, reason }) =>
    new provider.CheckFailure().setProperty(property).setReason(reason),
  )
  return new provider.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(failures)
}

function diff(request: DiffRequest) {
  const { changed, replaces, deleteBeforeReplace } = differenceOf(
    request.getType(),
    fromStruct(request.getOldInputs()),
    fromStruct(request.getNews()),
  )
  return new provider.DiffResponse()
    .setChanges(changed.length > 0 ? changes.DIFF_SOME : changes.DIFF_NONE)
    .setDiffsList(changed)
    .setReplacesList(replaces)
    .setDeletebeforereplace(deleteBeforeReplace)
}
