import { guardduty, Provider, config as aws } from '@pulumi/aws'
import { RunError } from '@pulumi/pulumi'
import { makeBudget } from '../components/alarms/budget.ts'
import { stackConfig } from '../stack-config.ts'
import { makeCiRoles } from './ci-roles.ts'
import { FoundationSettingsError, readFoundationSettings } from './settings.ts'
import { makeTrail } from './trail.ts'

/** The program behind `pulumi up` in this folder: creates what an account needs once, and returns the roles of CI. */
export default async function program() {
  const { account, repository, environments, monthlyDollars, emails } = settingsOfStack()
  const region = aws.region ?? 'us-east-1'
  const provider = new Provider('aws', { region, allowedAccountIds: [account] })
  const options = { provider }
  const trailBucket = makeTrail(account, region, options)
  // Looks through that record, and what the network does, for what nobody should do.
  new guardduty.Detector('guard', { enable: true }, options)
  makeBudget('account', { own: 'continuum-account', monthlyDollars, email: emails }, options)
  return { roles: makeCiRoles({ repository, environments }, options), trailBucket }
}

function settingsOfStack() {
  try {
    return readFoundationSettings(stackConfig())
  } catch (error) {
    if (error instanceof FoundationSettingsError) throw new RunError(error.message)
    throw error
  }
}
