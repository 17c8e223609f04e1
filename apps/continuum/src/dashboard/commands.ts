import type { Command } from 'commander'
import { signInLink } from '../local/sign-in.ts'
import { callerOf } from './caller.ts'
import { dashboardAddress } from './dashboard-address.ts'
import { openInBrowser } from './open-in-browser.ts'

/** `continuum sign-in` and `continuum open`: a one-time link to the dashboard, here or in AWS; printed, or opened. */
export function dashboardCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  const link = async (options: SignInOptions) => {
    const { environment, url, secret } = await dashboardAddress({ ...options, base })
    const [signInSecret, by] = await Promise.all([secret('sign-in-secret'), callerOf(environment)])
    return signInLink(url, signInSecret, { user: options.user, by })
  }
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('--user <name>', 'the account to sign in; it has to be there (page People)', 'operator')
      .option('--env <name>', 'the environment', 'local')
      .option('--url <url>', "the dashboard's address, where the environment has no domain")
      .option(...dataOption)

  command(
    'sign-in',
    "print a one-time sign-in link for a dashboard; in AWS this needs the right to read the environment's secret sign-in-secret",
  ).action(async (options: SignInOptions) => console.log(await link(options)))
  command('open', 'sign in to a dashboard in the browser').action(async (options: SignInOptions) => {
    const address = await link(options)
    if (!(await openInBrowser(address))) console.log(`No browser could be opened. Open this link yourself:\n${address}`)
  })
}

interface SignInOptions {
  readonly user: string
  readonly env: string
  readonly url?: string
  readonly data: string
}
