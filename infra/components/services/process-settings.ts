import { rotatedSecrets, settingsFor, type ProcessContext, type ProcessName } from '@continuum/environments'
import { all, output, type Output } from '@pulumi/pulumi'
import type { CommonArgs } from './process-args.ts'

/** The settings of a process, as its container gets them. */
export interface ProcessSettings {
  readonly process: ProcessName
  readonly variables: Readonly<Record<string, string>>
  /** The references to its secrets by the variable; of those that are rotated both values. */
  readonly secrets: Readonly<Record<string, string>>
  /** True if it sends or accepts a secret that is rotated. */
  readonly isRotated: boolean
}

/** Derives the settings of a process, with references to the secrets that the stack has. */
export function processSettings(
  process: ProcessName,
  context: Output<ProcessContext>,
  { environment, secrets }: Pick<CommonArgs, 'environment' | 'secrets'>,
): Output<ProcessSettings> {
  return context.apply((known) => {
    const { variables, secrets: wanted, seconds } = settingsFor(process, environment, known)
    const references = [
      ...Object.entries(wanted).map(([variable, secret]) => [variable, secrets.current[secret]] as const),
      ...Object.entries(seconds).map(([variable, secret]) => [variable, secrets.second[secret]] as const),
    ]
    const isRotated =
      Object.keys(seconds).length > 0 ||
      Object.values(wanted).some((secret) => rotatedSecrets.some((each) => each === secret))
    return output({ process, variables, secrets: all(Object.fromEntries(references)), isRotated })
  })
}
