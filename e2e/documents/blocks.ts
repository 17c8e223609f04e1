import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../environment.ts'

/** A fenced block of a document. */
export interface Block {
  readonly document: string
  /** The line of its fence, to find it when something fails. */
  readonly line: number
  /** `sh`, `ts`...; empty where none is named. */
  readonly language: string
  /** The path of the file that the block is, behind the language; empty where it is none. */
  readonly file: string
  readonly text: string
}

/** A command as a document has it, without the comment behind it: what a person pastes into a shell. */
export interface Command {
  readonly document: string
  readonly line: number
  readonly typed: string
}

export function blocksOf(document: string): Block[] {
  const text = readFileSync(join(root, document), 'utf8')
  return [...text.matchAll(/^( *)```(\S*) ?(.*)\n([^]*?)^\1```$/gm)].map((found) => {
    const [, indent = '', language = '', file = '', body = ''] = found
    const line = text.slice(0, found.index).split('\n').length
    return { document, line, language, file, text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), '') }
  })
}

/** The commands of a document's `sh` blocks, in their order. A backslash at the end of a line, or an open quote, joins it to the next. */
export function commandsOf(document: string): Command[] {
  return blocksOf(document)
    .filter(({ language }) => language === 'sh')
    .flatMap((block) => commandsIn(block))
}

function commandsIn({ document, line, text }: Block): Command[] {
  const commands: Command[] = []
  let open = ''
  for (const [index, written] of text.split('\n').entries()) {
    open += written
    if (open.endsWith('\\') || (open.split("'").length - 1) % 2 === 1) {
      open += '\n'
      continue
    }
    const typed = open.replace(/(^|\s+)# .*$/, '').trim()
    open = ''
    if (typed !== '') commands.push({ document, line: line + 1 + index, typed })
  }
  return commands
}
