import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

const State = Type.Object({
  inputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  outputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
const Step = Type.Object({
  op: Type.String(),
  urn: Type.String(),
  oldState: Type.Optional(State),
  newState: Type.Optional(State),
  diffReasons: Type.Optional(Type.Array(Type.String())),
  replaceReasons: Type.Optional(Type.Array(Type.String())),
  detailedDiff: Type.Optional(Type.Union([Type.Null(), Type.Record(Type.String(), Type.Unknown())])),
})
/** The output of `pulumi preview --json`, as far as it tells what differs. */
const Preview = Type.Object({
  steps: Type.Optional(Type.Array(Step)),
  diagnostics: Type.Optional(Type.Array(Type.Object({ severity: Type.String(), message: Type.String() }))),
})

/** A property that differs: its path, and its values as text. */
export interface DifferingProperty {
  readonly path: string
  readonly inAws: string
  readonly byCode: string
}

/** A resource that is not as the code says. */
export interface Difference {
  /** Its type and name: `aws:sqs/queue:Queue storage-starter`. */
  readonly resource: string
  readonly change: 'missing' | 'not in the code' | 'differs' | 'would be replaced'
  readonly properties: readonly DifferingProperty[]
}

const changes: Readonly<Record<string, Difference['change']>> = {
  create: 'missing',
  import: 'missing',
  delete: 'not in the code',
  update: 'differs',
  replace: 'would be replaced',
}

/** The errors in the output of `pulumi preview --json`. */
export function errorsIn(printed: string): string[] {
  const { diagnostics = [] } = Value.Parse(Preview, JSON.parse(printed))
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message.trim())
}

/** The differences that `pulumi preview --refresh --json` found between AWS and the code. */
export function differencesIn(printed: string): Difference[] {
  const { steps = [] } = Value.Parse(Preview, JSON.parse(printed))
  return steps.flatMap((step) => {
    const change = changes[step.op]
    if (change === undefined) return []
    const [type = '', name = ''] = step.urn.split('::').slice(2)
    const resource = `${type.split('$').at(-1)} ${name}`
    return [{ resource, change, properties: step.op === 'update' || step.op === 'replace' ? propertiesOf(step) : [] }]
  })
}

/** The properties that differ, by the provider's own account. */
function propertiesOf({
  detailedDiff,
  diffReasons = [],
  replaceReasons = [],
  oldState,
  newState,
}: Static<typeof Step>) {
  const named = [...Object.keys(detailedDiff ?? {}), ...diffReasons, ...replaceReasons]
  const properties = new Set(named.map((path) => path.split(/[.[]/)[0] ?? path))
  return [...properties].flatMap((property) => {
    const inAws = oldState?.inputs?.[property] ?? oldState?.outputs?.[property]
    const found = [...differing(property, inAws, newState?.inputs?.[property])]
    // The provider knows better where the inputs are the same.
    return found.length > 0
      ? found
      : [{ path: property, inAws: shown(oldState?.outputs?.[property]), byCode: shown(newState?.inputs?.[property]) }]
  })
}

/** The leaves that differ between two values; texts of JSON are opened. */
function* differing(path: string, inAws: unknown, byCode: unknown): Iterable<DifferingProperty> {
  const [one, other] = [opened(inAws), opened(byCode)]
  if (!isOpen(one) || !isOpen(other) || Array.isArray(one) !== Array.isArray(other)) {
    if (JSON.stringify(one) === JSON.stringify(other)) return
    // Neither side of a secret is shown.
    const hidden = isSecret(one) || isSecret(other)
    yield { path, inAws: hidden ? secretText : shown(one), byCode: hidden ? secretText : shown(other) }
    return
  }
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
    yield* differing(
      Array.isArray(one) ? `${path}[${key}]` : `${path}.${key}`,
      Reflect.get(one, key),
      Reflect.get(other, key),
    )
}

/** The key by which Pulumi marks a secret, and the text that stands for a value which is known only after an update. */
const secretMark = '4dabf18193072939515e22adb298388d'
const unknownMark = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

const secretText = '[secret]'
const isSecret = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, secretMark)
const isOpen = (value: unknown): value is object => typeof value === 'object' && value !== null && !isSecret(value)

function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === unknownMark) return 'something that only an update tells'
  if (isSecret(value)) return secretText
  const text = JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 200)}...` : text
}
