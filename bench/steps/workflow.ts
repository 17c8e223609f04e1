import { activity, workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'

export const domain = 'Bench'
export const taskLists = { decisions: 'decisions', activities: 'activities' }

const Text = Type.Object({ text: Type.String() })

/** Does nothing with what it is given, and gives it back. */
export const nothing = activity({
  name: 'Nothing',
  version: '1',
  input: Text,
  output: Text,
  timeouts: { startToClose: '1m' },
  retry: { maxAttempts: 3, initialInterval: '1s', backoffCoefficient: 2, maxInterval: '10s' },
})

/** So many activities, one after the other. */
export const steps = workflow(
  {
    name: 'Steps',
    version: '1',
    input: Type.Object({ steps: Type.Integer(), text: Type.String() }),
    timeout: '1h',
    uses: { nothing },
  },
  async (ctx, input) => {
    let text = input.text
    for (let step = 1; step <= input.steps; step++) text = (await ctx.nothing({ text }, { key: String(step) })).text
  },
)
