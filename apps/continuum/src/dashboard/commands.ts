import type { Command } from 'commander'
import { signInLink } from '../local/sign-in.ts'
import { callerOf } from './caller.ts'
import { dashboardAddress } from './dashboard-address.ts'

/** `continuum sign-in`: a one-time link to the dashboard, here or in AWS. */
export function dashboardCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  program
    .command('sign-in')
    .description(
      "print a one-time sign-in link for a dashboard; in AWS this needs the right to read the environment's secret sign-in-secret",
    )
    .option('--user <name>', 'the account to sign in; it has to be there (page People)', 'operator')
    .option('--env <name>', 'the environment', 'local')
    .option('--url <url>', "the dashboard's address, where the environment has no domain")
    .option(...dataOption)
    .action(async (options: { user: string; env: string; url?: string; data: string }) => {
      const { environment, url, secret } = await dashboardAddress({ ...options, base })
      const [signInSecret, by] = await Promise.all([secret('sign-in-secret'), callerOf(environment)])
      console.log(signInLink(url, signInSecret, { user: options.user, by }))
    })
}
