import { SqsError } from '../model/errors.ts'
import { text, type Input } from '../model/input.ts'
import type { Call } from './json-protocol.ts'

/** The form fields as a tree: `A.1.Name=x` is `{ A: { 1: { Name: 'x' } } }`. */
type Tree = { [part: string]: Tree | string }

/** The name and form in the JSON protocol of a member that the Query protocol repeats (`Name.1`, `Name.2`...). */
type Shape =
  | { readonly member: string; readonly as: 'list' }
  | { readonly member: string; readonly as: 'structures' }
  | { readonly member: string; readonly as: 'map'; readonly key: string; readonly value: string }

const shapes: Readonly<Record<string, Shape>> = {
  AttributeName: { member: 'AttributeNames', as: 'list' },
  MessageAttributeName: { member: 'MessageAttributeNames', as: 'list' },
  MessageSystemAttributeName: { member: 'MessageSystemAttributeNames', as: 'list' },
  TagKey: { member: 'TagKeys', as: 'list' },
  Attribute: { member: 'Attributes', as: 'map', key: 'Name', value: 'Value' },
  MessageAttribute: { member: 'MessageAttributes', as: 'map', key: 'Name', value: 'Value' },
  MessageSystemAttribute: { member: 'MessageSystemAttributes', as: 'map', key: 'Name', value: 'Value' },
  Tag: { member: 'Tags', as: 'map', key: 'Key', value: 'Value' },
  SendMessageBatchRequestEntry: { member: 'Entries', as: 'structures' },
  DeleteMessageBatchRequestEntry: { member: 'Entries', as: 'structures' },
  ChangeMessageVisibilityBatchRequestEntry: { member: 'Entries', as: 'structures' },
}

/**
 * Parses a call of the Query protocol (form fields, `Action=SendMessage&MessageAttribute.1.Name=...`) into the form of the JSON
 * protocol. `path` is that of the request: older clients post to the queue's own URL and may omit QueueUrl.
 */
export function readQueryCall(form: string, path: string): Call {
  const fields = new URLSearchParams(form)
  const tree: Tree = Object.create(null)
  for (const [name, value] of fields) plant(tree, name.split('.'), value)
  const { Action, Version: _, ...rest } = tree
  if (typeof Action !== 'string')
    throw new SqsError('MissingRequiredParameterException', 'The request must contain the parameter Action.')
  const input = toInput(rest)
  // The `tags` of CreateQueue are the only member in lower case.
  const tagged = Action === 'CreateQueue' && input['Tags'] ? { tags: input['Tags'] } : {}
  const addressed = /^\/[^/]+\/[^/]+\/?$/.test(path) ? { QueueUrl: path } : {}
  return { operation: Action, input: { ...addressed, ...input, ...tagged } }
}

function plant(tree: Tree, path: readonly string[], value: string): void {
  const [part = '', ...rest] = path
  if (rest.length === 0) {
    tree[part] = value
    return
  }
  const branch = tree[part]
  if (typeof branch === 'object') return plant(branch, rest, value)
  const grown: Tree = Object.create(null)
  tree[part] = grown
  plant(grown, rest, value)
}

function toInput(tree: Tree): Input {
  return Object.fromEntries(Object.entries(tree).map(([name, content]) => toMember(name, content)))
}

function toMember(name: string, content: Tree | string): readonly [string, unknown] {
  const shape = shapes[name]
  if (typeof content === 'string') return [name, content]
  if (shape === undefined) return [name, toInput(content)]
  const items = inOrder(content)
  if (shape.as === 'list') return [shape.member, items]
  const structures = items.map((item) => (typeof item === 'string' ? {} : toInput(item)))
  if (shape.as === 'structures') return [shape.member, structures]
  const { key, value } = shape
  const entries = structures.map((item): [string, unknown] => [text(item, key) ?? '', item[value]])
  return [shape.member, Object.fromEntries(entries)]
}

const inOrder = (tree: Tree): (Tree | string)[] =>
  Object.entries(tree)
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item)
