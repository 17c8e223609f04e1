import { workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { nothing } from '../steps/workflow.ts'

/** One activity after the other, for ever: its history can be of any length. */
export const endless = workflow(
  { name: 'Endless', version: '1', input: Type.Void(), timeout: '1d', uses: { nothing } },
  async (ctx) => {
    for (let at = 0; ; at += 1) await ctx.nothing({ text: 'x'.repeat(500) }, { key: `${at}` })
  },
)

/** Some activities, and then a wait for somebody who never comes. */
export const stepsThenWait = workflow(
  {
    name: 'StepsThenWait',
    version: '1',
    input: Type.Object({ steps: Type.Integer(), text: Type.String() }),
    timeout: '1d',
    uses: { nothing },
    signals: { end: Type.Void() },
  },
  async (ctx, { steps, text }) => {
    for (let step = 1; step <= steps; step++) await ctx.nothing({ text }, { key: String(step) })
    await ctx.signal('end', { timeout: '1h' })
  },
)
