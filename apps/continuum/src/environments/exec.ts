import { spawn } from 'node:child_process'
import { ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs'
import { awsNamesOf, type Environment, type ProcessName } from '@continuum/environments'
import { UserError } from '../errors/user-error.ts'

/**
 * Runs a shell or one command in a running task of a process: `aws ecs execute-command` with its arguments filled in.
 *
 * @returns its exit code
 * @throws {UserError} if no task runs, or the AWS CLI is missing
 */
export async function execInTask(environment: Environment, process: ProcessName, command: string): Promise<number> {
  const { region } = environment
  const { cluster, service, container } = awsNamesOf(environment)
  const { taskArns = [] } = await new ECSClient({ region }).send(
    new ListTasksCommand({ cluster, serviceName: service(process), desiredStatus: 'RUNNING' }),
  )
  const [task] = taskArns
  if (task === undefined) throw new UserError(`No task of ${process} is running in the ECS cluster ${cluster}.`)
  const target = ['--cluster', cluster, '--task', task, '--container', container(process)]
  return run('aws', ['ecs', 'execute-command', '--region', region, ...target, '--interactive', '--command', command])
}

function run(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' })
    child.once('error', (error) =>
      reject(
        'code' in error && error.code === 'ENOENT'
          ? new UserError(
              'This needs the AWS CLI (`aws`) with its Session Manager plugin: install both, then try again.',
            )
          : error,
      ),
    )
    child.once('close', (code) => resolve(code ?? 1))
  })
}
