import type { FaultRule } from './faults/faults.ts'
import { faultsOf } from './faults/known-faults.ts'
import { escapeXml } from './http/escape.ts'
import { page } from './http/page.ts'

/** A row of the first page: a stand-in, its address and what it holds. */
export interface Row {
  readonly name: string
  readonly address: string
  readonly holds: string
  /** Address of the list of what it holds. */
  readonly link: string
}

/** The first page: what runs where, what it holds, which faults it has. */
export function overviewPage(rows: readonly Row[], rules: readonly FaultRule[]): string {
  const services = rows.map(
    ({ name, address, holds, link }) =>
      `<tr><th scope="row">${escapeXml(name)}</th><td><code>${escapeXml(address)}</code></td><td><a href="${link}">${escapeXml(holds)}</a></td></tr>`,
  )
  const faults = rules.map(
    (rule) =>
      `<li>${escapeXml(rule.service)}: ${escapeXml(rule.fault)}${rule.value === undefined ? '' : ` (${escapeXml(rule.value)})`}${rule.match === undefined ? '' : `, for ${escapeXml(rule.match)}`}${rule.times === undefined ? '' : `, ${rule.times} more times`}</li>`,
  )
  const known = Object.entries(faultsOf).map(
    ([service, all]) =>
      `<h3>${service}</h3><dl>${Object.entries(all)
        .map(([fault, words]) => `<dt><code>${fault}</code></dt><dd>${escapeXml(words)}</dd>`)
        .join('')}</dl>`,
  )
  return page(
    'Stand-ins',
    `<table><thead><tr><th scope="col">Stands for</th><th scope="col">Address</th><th scope="col">Holds</th></tr></thead><tbody>${services.join('')}</tbody></table>
<h2>Faults</h2>
${faults.length === 0 ? '<p>None: everything is taken.</p>' : `<ul>${faults.join('')}</ul>`}
<p>Add one with <code>curl -d '{"service": "crossref", "fault": "refuse", "times": 1}' ADDRESS/faults</code>, remove all with <code>curl -X DELETE ADDRESS/faults</code>.</p>
<details><summary>All faults</summary>${known.join('')}</details>`,
  )
}
