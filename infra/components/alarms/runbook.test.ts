import { readFileSync } from 'node:fs'
import { awsNamesOf } from '@continuum/environments'
import { expect, test } from 'vitest'
import { planEnvironment } from '../../proofs/testing/plan-environment.ts'

const manual = readFileSync(new URL('../../../docs/operators.md', import.meta.url), 'utf8')
const [, section = ''] = /## When an alarm comes\n([^]*?)\n## /.exec(manual) ?? []
/** The alarms of the table, as patterns: `...` stands for any name. */
const rows = Array.from(section.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm), ([, alarm = '', what = '']) => ({
  alarm,
  what,
  matches: (key: string) =>
    new RegExp(
      `^${alarm
        .split('...')
        .map((part) => RegExp.escape(part))
        .join('.+')}$`,
    ).test(key),
}))

/** Lists what tells people: alarms that notify, the rule of scans, and the budget; by the ends of their names. */
async function toldBy(stack: string, changes = {}): Promise<string[]> {
  const { environment, of } = await planEnvironment(stack, changes)
  const { prefix } = awsNamesOf(environment)
  const all = ['MetricAlarm', 'CompositeAlarm'].flatMap((type) =>
    of(`aws:cloudwatch/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`),
  )
  const named = [
    ...all.filter(({ inputs }) => JSON.stringify(inputs['alarmActions']) !== '[]'),
    ...of('aws:cloudwatch/eventRule:EventRule'),
    ...of('aws:budgets/budget:Budget'),
  ].map(({ inputs }) => String(inputs['name'] ?? inputs['alarmName']))
  return named.map((name) => name.replace(prefix, ''))
}

test('the manual says of each alarm what to do at three in the morning, and of nothing else', async () => {
  const aurora = { engine: 'aurora-serverless', version: '17', twoZones: false, backupDays: 7 } as const
  const told = [
    ...(await toldBy('continuum-test')),
    ...(await toldBy('prod')),
    ...(await toldBy('continuum-test', { database: { ...aurora, capacity: { least: 1, most: 4 } } })),
  ]
  expect(new Set(told).size).toBeGreaterThan(35)
  for (const key of told)
    expect(
      rows.filter(({ matches }) => matches(key)),
      key,
    ).toHaveLength(1)
  expect(rows.filter(({ matches }) => !told.some(matches)).map(({ alarm }) => alarm)).toEqual([])
  expect(rows.filter(({ what }) => what.length < 8)).toEqual([])
})
