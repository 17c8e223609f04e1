import { notYetKnown, parsed, type Checked } from './policy.ts'

/** A statement of an IAM policy document. */
export interface Statement {
  effect: string
  principals: string[]
  /** The AWS services among them. */
  services: string[]
  actions: string[]
  resources: string[]
  conditional: boolean
  /** The values of each condition, as `StringEquals aws:SourceAccount`. */
  conditions: Readonly<Record<string, readonly string[]>>
}

/** The inputs that hold policy documents, of any resource. */
const documents = ['policy', 'assumeRolePolicy', 'policyDocument', 'redriveAllowPolicy']

/** The statements of all policy documents of a resource that are known already. */
export function statementsOf({ props }: Checked): Statement[] {
  const inline = list(props['inlinePolicies']).map((each) => Object(each).policy)
  return [...documents.map((name) => props[name]), ...inline].flatMap((document) => {
    if (document === undefined || document === notYetKnown) return []
    return list(parsed(document)['Statement']).map(statement)
  })
}

function statement(value: unknown): Statement {
  const { Effect, Principal, Action, NotAction, Resource, NotResource, Condition } = Object(value)
  const principals =
    typeof Principal === 'object' && Principal !== null ? Object.values(Principal).flatMap(texts) : texts(Principal)
  return {
    effect: String(Effect),
    principals,
    services: typeof Principal === 'object' && Principal !== null ? texts(Principal.Service) : [],
    // `NotAction` allows all actions but some: treat it as all.
    actions: NotAction === undefined ? texts(Action) : ['*'],
    resources: NotResource === undefined ? texts(Resource) : ['*'],
    conditional: Condition !== undefined,
    conditions: Object.fromEntries(
      Object.entries(Object(Condition)).flatMap(([operator, keys]) =>
        Object.entries(Object(keys)).map(([key, values]) => [`${operator} ${key.toLowerCase()}`, texts(values)]),
      ),
    ),
  }
}

const list = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])
const texts = (value: unknown): string[] => list(value).map(String)
