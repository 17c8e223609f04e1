import { readFileSync, writeFileSync } from 'node:fs'
import { describeWorkflow, toMermaid, type AnyWorkflow, type WorkflowDescription } from '@continuum/workflow-core'
import { workflows } from './workflows/index.ts'

/**
 * `docs/workflows.md`: what each workflow declares, as a picture and in words. Written anew by
 * `node apps/bot/src/workflows-page.ts`; a test says when it is not current.
 */
export const pagePath = new URL('../../../docs/workflows.md', import.meta.url)

export function workflowsPage(all: readonly AnyWorkflow[] = workflows): string {
  const intro = `# Workflows

What the bot's workflows declare. In which order a run takes the steps is in \`apps/bot/README.md\` and, of one run, on the dashboard or in
\`npm run -s continuum -- history article-<id>\`. This page is written by \`node apps/bot/src/workflows-page.ts\`.
`
  return [intro, ...all.map((each) => section(describeWorkflow(each)))].join('\n')
}

function section(description: WorkflowDescription): string {
  const { name, version, timeout, activities, children, signals } = description
  const lines = [
    `## ${name} ${version}\n`,
    '```mermaid',
    toMermaid(description).trimEnd(),
    '```\n',
    `An execution lasts ${timeout} at most.\n`,
    ...activities.map(activityLine),
    ...children.map((child) => `- **${child.name}** ${child.version}: a child, ${child.timeout} at most`),
    ...signals.map((signal) => `- waits for the signal **${signal}**`),
  ]
  return `${lines.join('\n')}\n`
}

function activityLine({ name, timeouts, retry }: WorkflowDescription['activities'][number]): string {
  const { maxAttempts: attempts, initialInterval: first, maxInterval: longest } = retry
  const silence = timeouts.heartbeat === undefined ? '' : `, a sign of life every ${timeouts.heartbeat}`
  const again = attempts === 1 ? 'tried once' : `up to ${attempts} attempts, ${first} to ${longest} apart`
  return `- **${name}**: ${timeouts.startToClose}${silence}; ${again}`
}

if (import.meta.main) {
  const page = workflowsPage()
  const changed = readFileSync(pagePath, { encoding: 'utf8', flag: 'a+' }) !== page
  writeFileSync(pagePath, page)
  console.log(changed ? 'docs/workflows.md is written anew.' : 'docs/workflows.md was current.')
}
