import { parseArgs } from 'node:util'
import { goldenOf, plannedStacks, writeGolden } from './golden.ts'
import { planOf } from './plan.ts'
import { PlanError } from './resource.ts'
import { textOfPlan } from './text.ts'

const usage = `Usage: npm run -s plan -- [--write] [--image ADDRESS] [STACK...]

Plans a first \`pulumi up\`, without AWS and without the Pulumi CLI. With stacks: prints their plans. Without: prints for every
environment the number of its resources, and compares its plan with the one in infra/proofs/plan/golden.

  --write          write the golden plans
  --image ADDRESS  the image of the services`

/** The command behind `npm run plan`. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean' }, image: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  let changed = 0
  for (const stack of positionals.length > 0 ? positionals : await plannedStacks()) {
    const began = performance.now()
    const plan = await planOf(stack, values.image === undefined ? {} : { config: { 'continuum:image': values.image } })
    const text = textOfPlan(plan)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const same = text === goldenOf(stack)
    if (values.write) writeGolden(stack, text)
    else if (positionals.length > 0) process.stdout.write(text)
    else if (!same) changed++
    const verdict = same ? 'matches the golden plan' : values.write ? 'written' : 'differs from the golden plan'
    const made = plan.resources.filter(({ custom }) => custom).length
    console.error(`${stack.padEnd(16)} ${made} resources, planned in ${seconds} s: ${verdict}`)
  }
  if (changed > 0) console.error('If the changes are intended, run npm run -s plan -- --write and review the diff.')
  return changed > 0 ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  const expected = error instanceof PlanError || (error instanceof TypeError && 'code' in error)
  console.error(expected ? error.message : error)
  process.exitCode = 1
}
