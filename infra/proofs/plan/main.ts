import { parseArgs } from 'node:util'
import { goldenOf, plannedStacks, writeGolden } from './golden.ts'
import { planOf } from './plan.ts'
import { PlanFailed } from './resource.ts'
import { textOfPlan } from './text.ts'

const usage = `Usage: npm run -s plan -- [--write] [--image ADDRESS] [STACK...]

Plans what \`pulumi up\` would make of nothing, without AWS and without the Pulumi CLI. Without a stack: says of every
environment how many resources it has, and whether its plan is the one in infra/proofs/plan/golden. With stacks: prints their plans.

  --write          makes the plans the golden ones
  --image ADDRESS  the image that the services run`

/** `npm run plan`. */
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
    const verdict = same ? 'as in golden' : values.write ? 'written' : 'not as in golden'
    const made = plan.resources.filter(({ custom }) => custom).length
    console.error(`${stack.padEnd(16)} ${made} resources, planned in ${seconds} s: ${verdict}`)
  }
  if (changed > 0) console.error('Where that is as it should be: npm run -s plan -- --write, and look at the diff.')
  return changed > 0 ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  const told = error instanceof PlanFailed || (error instanceof TypeError && 'code' in error)
  console.error(told ? error.message : error)
  process.exitCode = 1
}
