import type { InspectedExecution, InspectedStep } from '@continuum/workflow-core'

/** The state of a node: `to come` has not begun, `not reached` never will in this run, `earlier` was done by an earlier run. */
export type NodeState = InspectedStep['state'] | 'to come' | 'not reached' | 'earlier'

/** A node of the graph: the steps of one activity, child, timer or signal. */
export interface GraphNode {
  readonly id: string
  readonly label: string
  readonly kind: InspectedStep['kind']
  readonly state: NodeState
  /** The steps that it stands for; empty where none has begun. */
  readonly steps: readonly InspectedStep[]
}

/** The graph of a workflow, as one execution takes it. */
export interface Graph {
  /** In the order in which they began. */
  readonly nodes: readonly GraphNode[]
  /** From a node to one that follows it, by their places in `nodes`. */
  readonly edges: readonly (readonly [from: number, to: number])[]
}

/** The states of which one shows for all steps of a node, the one that matters most first. */
const weight: readonly NodeState[] = [
  'failed',
  'retrying',
  'running',
  'waiting',
  'scheduled',
  'cut off',
  'canceled',
  'completed',
  'earlier',
]

/**
 * Builds the graph of an execution. Steps of one activity are one node, however many there are. Steps that have not begun are those
 * that other executions of the workflow had.
 */
export function buildGraph(execution: InspectedExecution, models: readonly InspectedExecution[]): Graph {
  const groups = Map.groupBy(execution.steps, groupOf)
  const nodes: GraphNode[] = Array.from(groups, ([id, steps]) => {
    const [first] = steps
    const state = worst(steps.map((step) => (step.earlier ? 'earlier' : step.state)))
    return { id, label: labelOf(id), kind: first?.kind ?? 'activity', state, steps }
  })
  const begun = new Set(groups.keys())
  const missing = execution.outcome === undefined ? 'to come' : 'not reached'
  for (const model of models) {
    if (model.outcome?.status !== 'completed') continue
    for (const [id, steps] of Map.groupBy(model.steps, groupOf)) {
      if (nodes.some((node) => node.id === id)) continue
      nodes.push({ id, label: labelOf(id), kind: steps[0]?.kind ?? 'activity', state: missing, steps: [] })
    }
  }
  const place = new Map(nodes.map(({ id }, index) => [id, index]))
  const edges = new Map<string, [number, number]>()
  const connect = ({ steps }: InspectedExecution, wanted: (from: string, to: string) => boolean) => {
    const byId = new Map(steps.map((step) => [step.id, step]))
    for (const step of steps)
      for (const before of step.after) {
        const earlier = byId.get(before)
        if (!earlier) continue
        const [from, to] = [groupOf(earlier), groupOf(step)]
        const [a, b] = [place.get(from), place.get(to)]
        if (a !== undefined && b !== undefined && a !== b && wanted(from, to)) edges.set(`${a} ${b}`, [a, b])
      }
  }
  connect(execution, () => true)
  const followed = new Set([...edges.values()].map(([, to]) => to))
  for (const model of models)
    connect(model, (_, to) => !begun.has(to) || (!followed.has(place.get(to) ?? -1) && place.get(to) !== 0))
  return { nodes, edges: withoutCircles(nodes.length, [...edges.values()]) }
}

/** Returns the node that a step belongs to: activities go by name, timers and signals by their id without its numbers. */
export function groupOf(step: InspectedStep): string {
  if (step.kind === 'activity' || step.kind === 'child') return `${step.kind} ${step.name}`
  return `${step.kind} ${step.id.replaceAll(/[.-]?\d+/g, '')}`
}

function labelOf(group: string): string {
  const [kind = '', ...rest] = group.split(' ')
  const name = rest.join(' ')
  if (kind === 'timer') return name === 'sleep' ? 'Timer' : `Timer ${name.replace(/^sleep\./, '')}`
  if (kind === 'signal') return `Signal ${name.replace(/^signal\./, '')}`
  return name
}

function worst(states: readonly NodeState[]): NodeState {
  return weight.find((state) => states.includes(state)) ?? states[0] ?? 'completed'
}

/** Leaves out the edges that lead back, as where a step is repeated. */
function withoutCircles(count: number, edges: readonly [number, number][]): [number, number][] {
  const kept: [number, number][] = []
  const next = Array.from({ length: count }, (): number[] => [])
  const reaches = (from: number, to: number): boolean =>
    from === to || (next[from] ?? []).some((each) => reaches(each, to))
  for (const [from, to] of edges) {
    if (reaches(to, from)) continue
    next[from]?.push(to)
    kept.push([from, to])
  }
  return kept
}

/** A graph in layers from the top: each node is below all that it follows. */
export function layersOf({ nodes, edges }: Graph): number[][] {
  const before = Map.groupBy(edges, ([, to]) => to)
  const levels = new Map<number, number>()
  const levelOf = (node: number): number => {
    const known = levels.get(node)
    if (known !== undefined) return known
    const level = Math.max(-1, ...(before.get(node) ?? []).map(([from]) => levelOf(from))) + 1
    levels.set(node, level)
    return level
  }
  const layers: number[][] = []
  for (const node of nodes.keys()) (layers[levelOf(node)] ??= []).push(node)
  // Below those that it follows, as far to the left as they are on average.
  const places = new Map<number, number>()
  return layers.map((layer) => {
    const middle = (node: number) => {
      const from = (before.get(node) ?? []).map(([each]) => places.get(each) ?? 0)
      return from.length === 0 ? 0 : from.reduce((sum, each) => sum + each, 0) / from.length
    }
    const sorted = layer.toSorted((a, b) => middle(a) - middle(b) || a - b)
    for (const [index, node] of sorted.entries()) places.set(node, index - (sorted.length - 1) / 2)
    return sorted
  })
}
