/** A system call of a process on its files or sockets, as `strace -f -y -xx` writes it. */
export type TracedCall =
  | { readonly kind: 'write'; readonly path: string; readonly offset: number | undefined; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly size: number }
  | { readonly kind: 'create' | 'unlink'; readonly path: string }
  | { readonly kind: 'rename' | 'link'; readonly path: string; readonly to: string }
  | { readonly kind: 'sync begins' | 'sync ends'; readonly path: string; readonly id: number }
  /** Bytes to a socket: a reply, or a part of one. */
  | { readonly kind: 'reply'; readonly bytes: Buffer }

/** The system calls to trace: all by which a file or a name of a file changes, and the writes to sockets. */
export const tracedCalls =
  'write,pwrite64,writev,pwritev,pwritev2,ftruncate,fallocate,openat,open,creat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,fsync,fdatasync,copy_file_range,sendfile,mmap'

interface Line {
  readonly pid: string
  readonly name: string
  readonly args: string
  readonly result: string
}

/** Parses a trace, keeping what happens below `folder` and to sockets. Throws on a call that the model of a disk does not know. */
export function parseTrace(text: string, folder: string): TracedCall[] {
  const open = new Map<string, { args: string; id: number }>()
  const calls: TracedCall[] = []
  let syncs = 0
  for (const line of text.split('\n')) {
    const resumed = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (.*)$/s.exec(line)
    const unfinished = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/s.exec(line)
    const whole = /^(\d+) +(\w+)\((.*)\) += (.*)$/s.exec(line)
    if (resumed) {
      const [, pid = '', name = '', rest = '', result = ''] = resumed
      const begun = open.get(pid)
      open.delete(pid)
      if (begun) calls.push(...callsOf({ pid, name, args: begun.args + rest, result }, folder, begun.id, 'ends'))
    } else if (unfinished) {
      const [, pid = '', name = '', args = ''] = unfinished
      const id = syncs++
      open.set(pid, { args, id })
      calls.push(...callsOf({ pid, name, args, result: '?' }, folder, id, 'begins'))
    } else if (whole) {
      const [, pid = '', name = '', args = '', result = ''] = whole
      const id = syncs++
      const made = { pid, name, args, result }
      calls.push(...callsOf(made, folder, id, 'begins'), ...callsOf(made, folder, id, 'ends'))
    }
  }
  return calls
}

/** Of a call that began and ended with others between, its sync has two moments, any other effect has one: when it ends. */
function callsOf({ name, args, result }: Line, folder: string, id: number, moment: 'begins' | 'ends'): TracedCall[] {
  const path = unhex(/^\d+<([^>]*)>/.exec(args)?.[1] ?? '').toString()
  const inside = (it: string) => it.startsWith(folder)
  if (/^f(data)?sync$/.test(name)) return inside(path) ? [{ kind: `sync ${moment}`, path, id }] : []
  if (moment === 'begins' || result.startsWith('-1')) return []
  if (/^p?write(v|64|v2)?$/.test(name)) {
    const bytes = bytesIn(args)
    if (path.startsWith('socket:') || path.startsWith('TCP:')) return [{ kind: 'reply', bytes }]
    if (!inside(path)) return []
    const offset = name.startsWith('p')
      ? Number((name === 'pwritev2' ? /(\d+), \w+$/ : /(\d+)$/).exec(args)?.[1])
      : undefined
    return [{ kind: 'write', path, offset, bytes: bytes.subarray(0, Number(result)) }]
  }
  const names = [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => unhex(hex).toString())
  const [first = '', second = ''] = names
  if (name === 'ftruncate')
    return inside(path) ? [{ kind: 'truncate', path, size: Number(/, (\d+)$/.exec(args)?.[1]) }] : []
  if (/^open(at)?$/.test(name))
    return inside(first) && args.includes('O_CREAT') ? [{ kind: 'create', path: first }] : []
  if (name.startsWith('mkdir')) return []
  if (name.startsWith('rename')) return inside(first) ? [{ kind: 'rename', path: first, to: second }] : []
  if (name.startsWith('link')) return inside(first) ? [{ kind: 'link', path: first, to: second }] : []
  if (name.startsWith('unlink'))
    return inside(first) && !args.includes('AT_REMOVEDIR') ? [{ kind: 'unlink', path: first }] : []
  const mapped = name === 'mmap' && /MAP_SHARED/.test(args) && /PROT_WRITE/.test(args)
  if (args.includes(folder) && (mapped || !/^mmap$/.test(name)))
    throw new Error(`The model of a disk does not know ${name}(${args.slice(0, 200)})`)
  return []
}

const bytesIn = (args: string): Buffer =>
  Buffer.concat(
    [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?/g)].map(([, hex = '', cut]) => {
      if (cut) throw new Error('A write is longer than the trace keeps')
      return unhex(hex)
    }),
  )

const unhex = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex')
