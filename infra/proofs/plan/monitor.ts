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
import type { Ground } from '../stand-in/rules/kind.ts'
import { make, refusalsOf } from '../stand-in/make.ts'
import { answer } from '../wire/serve.ts'
import { fromStruct, plainProperties, same, toStruct, type Properties } from '../wire/values.ts'
import { groundOf } from './aws-context.ts'
import type { PlannedResource } from './resource.ts'
import { isProvider, named, stackType, urnOf } from './urn.ts'

/** What a run of a program comes to. */
export interface Noted {
  resources: PlannedResource[]
  outputs: Properties
  /** What AWS would refuse, each with the resource's name. */
  refusals: string[]
}

const {
  RESOURCE_MONITOR_FEATURE_SECRETS,
  RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  RESOURCE_MONITOR_FEATURE_DELETED_WITH,
} = resource.ResourceMonitorFeature

/**
 * Answers a program as Pulumi's engine does on a first `up`: each resource that it registers is noted, and made by the
 * stand-in for AWS, so that whatever is computed from its outputs has its value in the plan.
 */
export function addMonitor(server: Server, at: { stack: string; project: string; ground: Ground }): Noted {
  const noted: Noted = { resources: [], outputs: {}, refusals: [] }
  /** By the reference that a resource gives of its provider: `<urn>::<id>`. */
  const grounds = new Map<string, Ground>()

  function register(request: RegisterResourceRequest) {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()]
    const urn = urnOf(at, parent, type, name)
    const marked = fromStruct(request.getObject())
    const given = plainProperties(marked)
    const custom = request.getCustom() && !isProvider(type)
    if (custom) noted.refusals.push(...refusalsOf(type, given).map(({ reason }) => `${type} ${name}: ${reason}`))
    const made = (digits: string) =>
      custom
        ? make({ type, name, inputs: given, digits }, grounds.get(request.getProvider()) ?? at.ground)
        : { id: isProvider(type) ? 'provider' : '', outputs: given }
    const { id, outputs } = made(digitsOf(urn))
    const another = made(digitsOf(`another ${urn}`))
    if (isProvider(type)) grounds.set(`${urn}::${id}`, groundOf(given, at.ground))
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
      const ground = grounds.get(request.getProvider()) ?? at.ground
      const args = plainProperties(fromStruct(request.getArgs()))
      return new resource.ResourceInvokeResponse().setReturn(toStruct(askStandIn(request.getTok(), args, ground)))
    }),
    signalAndWaitForShutdown: answer(() => new empty.Empty()),
  } satisfies Partial<IResourceMonitorServer>)
  return noted
}

const hide = () => '[secret]'
