import { html, when, type Html } from '@continuum/service'
import { icon, iconAt, type IconName } from '../elements/icons.ts'
import { plural } from '../elements/plural.ts'
import { layersOf, type Graph, type GraphNode, type NodeState } from './graph.ts'

const size = { width: 196, height: 46, gap: 20, below: 30, margin: 8 }
/** More than this is not read as a picture; the table has them all. */
const maxNodes = 60

/** The icons of the states. */
export const nodeIcon: Readonly<Record<NodeState, IconName>> = {
  scheduled: 'waiting',
  running: 'running',
  retrying: 'retrying',
  waiting: 'waiting',
  completed: 'done',
  failed: 'failed',
  canceled: 'hidden',
  'cut off': 'hidden',
  'to come': 'noted',
  'not reached': 'noted',
  earlier: 'done',
}

/** The states in words. */
export const nodeText: Readonly<Record<NodeState, string>> = {
  scheduled: 'waits for a worker',
  running: 'running',
  retrying: 'waits for its next attempt',
  waiting: 'waiting',
  completed: 'done',
  failed: 'failed',
  canceled: 'canceled',
  'cut off': 'not finished',
  'to come': 'to come',
  'not reached': 'not reached',
  earlier: 'done in an earlier run',
}

/** Draws the graph of an execution. The table of steps beside it says the same. */
export function graphHtml(graph: Graph): Html {
  if (graph.nodes.length === 0) return html`<p class="since">No step has begun.</p>`
  if (graph.nodes.length > maxNodes)
    return html`<p class="since">${plural(graph.nodes.length, 'different step')}: too many to draw. See the table.</p>`
  const layers = layersOf(graph)
  const widest = Math.max(...layers.map(({ length }) => length))
  const width = widest * (size.width + size.gap) - size.gap + 2 * size.margin
  const height = layers.length * (size.height + size.below) - size.below + 2 * size.margin
  const places = new Map(
    layers.flatMap((layer, level) => {
      const left = (width - layer.length * (size.width + size.gap) + size.gap) / 2
      return layer.map((node, index): [number, { x: number; y: number }] => [
        node,
        { x: left + index * (size.width + size.gap), y: size.margin + level * (size.height + size.below) },
      ])
    }),
  )
  const failed = graph.nodes.filter(({ state }) => state === 'failed').map(({ label }) => label)
  return html`<div class="wide graph" tabindex="0" role="region" aria-label="Graph of the workflow">
    <svg
      role="img"
      aria-label="The steps in their order, each below those that it follows${failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''}. The table below says the same."
      viewBox="0 0 ${width} ${height}"
      width="${width}"
      height="${height}"
    >
      ${graph.edges.map(([from, to]) => edgeHtml(places.get(from), places.get(to), graph.nodes[to]))}
      ${graph.nodes.map((node, index) => nodeHtml(node, places.get(index)))}
    </svg>
  </div>`
}

type Place = { readonly x: number; readonly y: number } | undefined

function edgeHtml(from: Place, to: Place, target: GraphNode | undefined): Html {
  if (!from || !to) return html``
  const [x1, y1] = [from.x + size.width / 2, from.y + size.height]
  const [x2, y2] = [to.x + size.width / 2, to.y]
  const bend = (y2 - y1) / 2
  return html`<path
    class="edge ${stateClass(target?.state)}"
    d="M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}"
  />`
}

function nodeHtml({ label, state, steps }: GraphNode, place: Place): Html {
  if (!place) return html``
  const attempts = Math.max(0, ...steps.map((step) => step.attempts.length))
  const notes = [
    nodeText[state],
    ...(steps.length > 1 ? [`${steps.length} times`] : []),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
  ]
  return html`<g class="node ${stateClass(state)}" transform="translate(${place.x} ${place.y})">
    <rect width="${size.width}" height="${size.height}" rx="7" />
    ${iconAt(nodeIcon[state], { x: 10, y: 15 })}
    <text x="34" y="20" class="label">${shortened(label, 22)}</text>
    <text x="34" y="36">${shortened(notes.join(', '), 28)}</text>
  </g>`
}

function stateClass(state: NodeState | undefined): string {
  return state === undefined ? '' : `is-${state.replaceAll(' ', '-')}`
}

function shortened(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`
}

/** Renders a state as the table has it. */
export function stateHtml(state: NodeState): Html {
  return html`<span class="step-state"
    >${icon(nodeIcon[state])} ${when(nodeText[state], (text) => html`${text}`)}</span
  >`
}
