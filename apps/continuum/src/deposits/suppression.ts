import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { UserError } from '../errors/user-error.ts'
import type { DepositsClient } from '../feeding/deposits.ts'

interface On {
  readonly data: string
}

/** `continuum mail suppress|unsuppress|suppressed`: the addresses that no mail goes to. */
export function suppressionCommands(
  mail: Command,
  clientOn: (data: string) => DepositsClient,
  dataOption: readonly [string, string, string],
): void {
  mail
    .command('suppress')
    .description('send no mail to an address any more; mails that wait for their hour are cancelled')
    .argument('<address>', 'the address')
    .requiredOption('--why <reason>', 'the reason: she asked for none')
    .option(...dataOption)
    .action(async (address: string, { why, data }: On & { why: string }) => {
      await clientOn(data).suppress(address, userInfo().username, why)
      console.log(`No mail goes to ${address} any more.`)
    })
  mail
    .command('unsuppress')
    .description('send mail to an address again')
    .argument('<address>', 'the address')
    .option(...dataOption)
    .action(async (address: string, { data }: On) => {
      if (!(await clientOn(data).unsuppress(address)))
        throw new UserError(`Mail to ${address} is not stopped. All: npm run -s continuum -- mail suppressed`)
      console.log(`Mail goes to ${address} again.`)
    })
  mail
    .command('suppressed')
    .description('list the addresses that no mail goes to: they bounced, or asked for none')
    .option('--json', 'print one JSON line an address', false)
    .option(...dataOption)
    .action(async ({ json, data }: On & { json: boolean }) => {
      const all = await clientOn(data).suppressions()
      if (json) for (const each of all) console.log(JSON.stringify(each))
      else if (all.length === 0) console.log('Mail goes to every address.')
      else for (const { address, since, by, why } of all) console.log(`${address}  since ${since}, by ${by}: ${why}`)
    })
}
