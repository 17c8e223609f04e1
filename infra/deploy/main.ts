import { runCommand } from './command.ts'
import { deploy } from './deploy.ts'
import { orderOf } from './order.ts'
import { openStack } from './pulumi-cli.ts'
import { refusePromoted, refuseShared, stackNames } from './stacks.ts'

/** The command behind `npx nx deploy APP`. */
await runCommand(async () => {
  const order = orderOf(process.argv.slice(2), await stackNames())
  await refusePromoted(order.stack)
  await refuseShared(order.stack)
  return deploy(order, await openStack(order.stack))
})
