import { readFileSync, readdirSync, statSync } from 'node:fs'
import { matchesGlob } from 'node:path'

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

/** Checks whether `.dockerignore` keeps a file or folder below `apps` or `libs` out of the image. The path is relative to the root. */
export function isIgnored(path: string): boolean {
  return ignored.some((pattern) => matchesGlob(path, pattern))
}

const ignored = readFileSync(new URL('../../.dockerignore', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line && !/^[!#]/.test(line) && line !== '**')

/** The files of the project that the image holds, paths relative to the root. */
export function imageFiles(root: string): string[] {
  const sources = copiesOf(stagesOf(`${root}Dockerfile`).at(-1)).flatMap((copy) => copy.sources)
  return sources.flatMap((source) => (statSync(`${root}${source}`).isFile() ? [source] : filesBelow(root, source)))
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true })
    .filter((entry) => !isIgnored(`${folder}/${entry.name}`))
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(root, `${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
    )
}
