import { readFileSync } from 'node:fs'

/** One stage of a Dockerfile: what it begins from, and its instructions in their order. */
export interface Stage {
  readonly from: string
  readonly instructions: readonly { readonly name: string; readonly rest: string }[]
}

/** The stages of a Dockerfile whose instructions take one line each, as ours do. */
export function stagesOf(path: string | URL): Stage[] {
  const stages: { from: string; instructions: { name: string; rest: string }[] }[] = []
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [, name = '', rest = ''] = /^([A-Z]+) +(.+)$/.exec(line) ?? []
    if (name === 'FROM') stages.push({ from: rest, instructions: [] })
    else if (name !== '') stages.at(-1)?.instructions.push({ name, rest })
    else if (line !== '' && !line.startsWith('#'))
      throw new Error(`An instruction of the Dockerfile takes one line: ${line}`)
  }
  return stages
}

/** The files that each `COPY` of a stage takes from the project: sources and the place they go to. */
export function copiesOf(stage: Stage | undefined): { sources: string[]; to: string }[] {
  return (stage?.instructions ?? [])
    .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from'))
    .map(({ rest }) => {
      const words = rest.split(' ')
      return { sources: words.slice(0, -1), to: words.at(-1) ?? '' }
    })
}
