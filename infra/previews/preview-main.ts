import { parseArgs } from 'node:util'
import { checkedOut } from '../deploy/code.ts'
import { DeploymentError, parsed, runCommand } from '../deploy/command.ts'
import { openStack } from '../deploy/pulumi-cli.ts'
import { checkStack } from '../deploy/stacks.ts'
import { commentOf, markerOf, readable, secretsOf } from './comment.ts'
import { putComment } from './github.ts'

const usage = `Usage: npm run preview -- --stack STACK --pull-request NUMBER [--commit SHA]

Puts what \`pulumi preview\` says of this checkout on a pull request of GitHub, in the place of the comment before. Runs in a workflow of
GitHub, which has GITHUB_REPOSITORY, GITHUB_SERVER_URL, GITHUB_API_URL and GITHUB_RUN_ID, and is given GITHUB_TOKEN.

  --stack STACK          the environment
  --pull-request NUMBER  the pull request
  --commit SHA           the commit that the comment names; absent: the one that is checked out`

/** The command behind `npm run preview`. */
await runCommand(async () => {
  const options = { stack: { type: 'string' }, 'pull-request': { type: 'string' }, commit: { type: 'string' } } as const
  const { stack: name = '', 'pull-request': number = '', commit } = parsed(() => parseArgs({ options }).values, usage)
  await checkStack('--stack', name, usage)
  if (!/^\d+$/.test(number)) throw new DeploymentError(`--pull-request "${number}" is not a number.\n\n${usage}`)
  const variable = (key: string): string => {
    const value = process.env[key]
    if (!value) throw new DeploymentError(`${key} is not set.\n\n${usage}`)
    return value
  }
  const repository = variable('GITHUB_REPOSITORY')
  const link = `${variable('GITHUB_SERVER_URL')}/${repository}/actions/runs/${variable('GITHUB_RUN_ID')}`
  const pullRequest = {
    api: variable('GITHUB_API_URL'),
    token: variable('GITHUB_TOKEN'),
    repository,
    number: Number(number),
  }
  const stack = await openStack(name)
  const flags = ['--diff', '--color', 'never', '--non-interactive', '--suppress-progress', '--suppress-outputs']
  const { code, out, err } = await stack.attempt('preview', ...flags)
  const said = readable(`${out}${err}`, secretsOf(process.env))
  // The run has the whole text, also where GitHub refuses the comment.
  console.log(said)
  const result = { stack: name, commit: commit ?? (await checkedOut()), said, code, link }
  await putComment(pullRequest, markerOf(name), commentOf(result))
  return code
})
