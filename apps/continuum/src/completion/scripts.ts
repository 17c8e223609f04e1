import type { Command } from 'commander'

/** The shells that completion is written for. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** A command with its words, such as `lax ingest`. */
interface Known {
  readonly words: readonly string[]
  readonly description: string
  readonly options: readonly string[]
}

/**
 * Writes the completion of a command line: of its commands and their options, and of files elsewhere.
 *
 * @param program the whole command line
 */
export function completionScript(program: Command, shell: Shell): string {
  const name = program.name()
  const commands = knownIn(program)
  return shell === 'fish' ? fishScript(name, commands) : bashScript(name, commands, shell)
}

function knownIn(command: Command, above: readonly string[] = []): readonly Known[] {
  return command.commands.flatMap((each) => {
    const words = [...above, each.name()]
    const options = each.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long]))
    return [{ words, description: each.description(), options: [...options, '--help'] }, ...knownIn(each, words)]
  })
}

/** The words that may follow others: commands below them, and the options of the command that they are. */
function nextWords(commands: readonly Known[], words: readonly string[]): readonly string[] {
  const below = commands.filter((each) => each.words.length === words.length + 1 && startsWith(each.words, words))
  const own = commands.find((each) => each.words.length === words.length && startsWith(each.words, words))
  return [...below.flatMap((each) => each.words.slice(-1)), ...(own?.options ?? [])]
}

const startsWith = (words: readonly string[], begin: readonly string[]) => begin.every((word, at) => words[at] === word)

/** zsh reads bash's form. */
function bashScript(name: string, commands: readonly Known[], shell: Shell): string {
  const cases = commands.map(
    ({ words }) => `    "${words.join(' ')}") words="${nextWords(commands, words).join(' ')}" ;;`,
  )
  return [
    ...(shell === 'zsh' ? ['autoload -U +X bashcompinit && bashcompinit'] : []),
    `_${name}() {`,
    '  local current="${COMP_WORDS[COMP_CWORD]}" path="" words=""',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "$word" in -*|*/*|*.*) ;; *) path="${path:+$path }$word" ;; esac',
    '  done',
    '  while :; do',
    '    case "$path" in',
    `    "") words="${nextWords(commands, []).join(' ')}" ;;`,
    ...cases,
    '    esac',
    '    [ -n "$words" ] && break',
    '    case "$path" in *" "*) path="${path% *}" ;; *) path="" ;; esac',
    '  done',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    `complete -o default -F _${name} ${name}`,
    '',
  ].join('\n')
}

function fishScript(name: string, commands: readonly Known[]): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const lines = commands.flatMap(({ words, description, options }) => {
    const above = words.slice(0, -1)
    const [own = ''] = words.slice(-1)
    const when =
      above.length === 0
        ? '__fish_use_subcommand'
        : `__fish_seen_subcommand_from ${above.at(-1)}; and not __fish_seen_subcommand_from ${own}`
    const command = `complete -c ${name} -n ${quoted(when)} -a ${own} -d ${quoted(description)}`
    const flags = options.map(
      (option) => `complete -c ${name} -n ${quoted(`__fish_seen_subcommand_from ${own}`)} -l ${option.slice(2)}`,
    )
    return [command, ...flags]
  })
  return [...lines, ''].join('\n')
}
