import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import grpcService, { type IResourceMonitorServer } from '@pulumi/pulumi/proto/resource_grpc_pb.js'
import resource, {
  type ReadResourceRequest,
  type RegisterResourceRequest,
  type RegisterResourceOutputsRequest,
  type ResourceInvokeRequest,
} from '@pulumi/pulumi/proto/resource_pb.js'
import type { Server } from '@grpc/grpc-js'
import { askStandIn } from '../stand-in/functions.ts'
import { digitsOf } from '../stand-in/rules/digits.ts'
import type { AwsContext } from '../stand-in/rules/kind.ts'
import { make, validate } from '../stand-in/make.ts'
import { answer } from '../wire/serve.ts'
import { fromStruct, plainProperties, same, toStruct, type Properties } from '../wire/values.ts'
import { contextOf } from './aws-context.ts'
import type { PlannedResource } from './resource.ts'
import { isProvider, named, stackType, urnOf } from './urn.ts'

/** The record of a program's run. */
export interface Recorded {
  resources: PlannedResource[]
  outputs: Properties
  /** Invalid inputs, each with the resource's name. */
  errors: string[]
}

const {
  RESOURCE_MONITOR_FEATURE_SECRETS,
  RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  RESOURCE_MONITOR_FEATURE_DELETED_WITH,
} = resource.ResourceMonitorFeature

/**
 * Adds the resource monitor, which answers a program as Pulumi's engine does on a first `up`. It records each resource, with outputs
 * from the stand-in for AWS, so that values computed from them are in the plan.
 */
export function addMonitor(server: Server, at: { stack: string; project: string; context: AwsContext }): Recorded {
  const noted: Recorded = { resources: [], outputs: {}, errors: [] }
  /** By the reference of a provider: `<urn>::<id>`. */
  const contexts = new Map<string, AwsContext>()

  function register(request: RegisterResourceRequest) {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()]
    const urn = urnOf(at, parent, type, name)
    const marked = fromStruct(request.getObject())
    const given = plainProperties(marked)
    const custom = request.getCustom() && !isProvider(type)
    if (custom) noted.errors.push(...validate(type, given).map(({ reason }) => `${type} ${name}: ${reason}`))
    const made = (digits: string) =>
      custom
        ? make({ type, name, inputs: given, digits }, contexts.get(request.getProvider()) ?? at.context)
        : { id: isProvider(type) ? 'provider' : '', outputs: given }
    const { id, outputs } = made(digitsOf(urn))
    const another = made(digitsOf(`another ${urn}`))
    if (isProvider(type)) contexts.set(`${urn}::${id}`, contextOf(given, at.context))
    noted.resources.push({
      urn,
      type,
      name,
      id,
      ...(parent !== '' && { parent: named(parent) }),
      ...(request.getProvider() !== '' && { provider: request.getProvider().replace(/::[^:]*$/, '') }),
      custom,
      inputs: plainProperties(marked, hide),
      outputs,
      drawn: ['id', ...Object.keys(outputs)].filter(
        (each) => !same({ ...outputs, id }[each], { ...another.outputs, id: another.id }[each]),
      ),
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      ignoreChanges: request.getIgnorechangesList(),
      dependencies: request.getDependenciesList(),
    })
    return new resource.RegisterResourceResponse().setUrn(urn).setId(id).setObject(toStruct(outputs))
  }

  server.addService(grpcService.ResourceMonitorService, {
    getDeploymentInfo: answer(() =>
      new resource.DeploymentInfo().setSupportedfeaturesList([
        RESOURCE_MONITOR_FEATURE_SECRETS,
        RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
        RESOURCE_MONITOR_FEATURE_DELETED_WITH,
      ]),
    ),
    supportsFeature: answer(() => new resource.SupportsFeatureResponse().setHassupport(false)),
    registerResource: answer(register),
    registerResourceOutputs: answer((request: RegisterResourceOutputsRequest) => {
      if (named(request.getUrn()).type === stackType)
        noted.outputs = plainProperties(fromStruct(request.getOutputs()), hide)
      return new empty.Empty()
    }),
    readResource: answer((request: ReadResourceRequest) => {
      const urn = urnOf(at, request.getParent(), request.getType(), request.getName())
      return new resource.ReadResourceResponse().setUrn(urn).setProperties(request.getProperties())
    }),
    invoke: answer((request: ResourceInvokeRequest) => {
      const context = contexts.get(request.getProvider()) ?? at.context
      const args = plainProperties(fromStruct(request.getArgs()))
      return new resource.ResourceInvokeResponse().setReturn(toStruct(askStandIn(request.getTok(), args, context)))
    }),
    signalAndWaitForShutdown: answer(() => new empty.Empty()),
  } satisfies Partial<IResourceMonitorServer>)
  return noted
}

const hide = () => '[secret]'
