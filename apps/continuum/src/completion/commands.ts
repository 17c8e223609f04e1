import { Argument, type Command } from 'commander'
import { completionScript, shells, type Shell } from './scripts.ts'

/** `continuum completion`: for the shell that evaluates it. */
export function completionCommands(program: Command): void {
  program
    .command('completion')
    .description('print the completion of this command for a shell: eval "$(continuum completion bash)"')
    .addArgument(new Argument('<shell>').choices(shells))
    .action((shell: Shell) => void process.stdout.write(completionScript(program, shell)))
}
