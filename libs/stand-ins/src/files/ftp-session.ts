import type { Socket } from 'node:net'
import { finished, pipeline } from 'node:stream/promises'
import { TLSSocket, type SecureContext } from 'node:tls'
import type { Faults } from '../faults/faults.ts'
import { openDataChannel, type DataChannel } from './ftp-data.ts'
import type { FileAccount } from './sftp.ts'
import { absolute, type FileStore } from './store.ts'

interface Session {
  readonly store: FileStore
  readonly faults: Faults
  readonly account: FileAccount
  readonly context: SecureContext
  readonly host: string
}

/** The state of one control connection. */
interface State {
  user: string
  entered: boolean
  folder: string
  renameFrom: string | undefined
  secure: boolean
  channel: DataChannel | undefined
}

type Command = (argument: string) => string | Promise<string | undefined>

/** Answers the commands of one control connection. */
export function serveControl(plain: Socket, { store, faults, account, context, host }: Session): void {
  let control: Socket = plain
  const state: State = {
    user: '',
    entered: false,
    folder: '/',
    renameFrom: undefined,
    secure: false,
    channel: undefined,
  }
  const reply = (line: string) => void (control.writable && control.write(`${line}\r\n`))
  const pathOf = (argument: string) => absolute(argument, state.folder)
  const cut = () => plain.destroy()

  const passive = async (): Promise<DataChannel> => {
    state.channel?.close()
    state.channel = await openDataChannel({ host, context, secure: state.secure })
    return state.channel
  }
  const take: Command = async (argument) => {
    const path = pathOf(argument)
    const fault = faults.take('ftp', path, 'full', 'drop', 'short', 'stall')
    if (!state.channel) return '425 Use EPSV first.'
    if (!(await store.stat(absolute('..', path)))?.isFolder) return '550 No such folder.'
    reply('150 Ready for the file.')
    const data = await state.channel.socket()
    if (fault?.fault === 'stall') return undefined
    if (fault?.fault === 'full') {
      await finished(data.resume(), { writable: false }).catch(() => {})
      return '552 No space left on device.'
    }
    const broken = await pipeline(data, store.write(path)).then(
      () => false,
      () => true,
    )
    const size = (await store.stat(path))?.size ?? 0
    if (fault?.fault === 'drop') {
      await store.truncate(path, Math.floor((size * Number(fault.value ?? 60)) / 100))
      cut()
      return undefined
    }
    if (fault?.fault === 'short') await store.truncate(path, Math.max(0, size - 1))
    return broken ? '426 Connection broke.' : '226 Stored.'
  }
  const send = async (lines: string): Promise<string> => {
    if (!state.channel) return '425 Use EPSV first.'
    reply('150 Here it comes.')
    const data = await state.channel.socket()
    data.end(lines)
    await finished(data, { readable: false }).catch(() => {})
    return '226 Sent.'
  }
  const list = async (argument: string): Promise<readonly string[]> => {
    const folder = pathOf(argument.startsWith('-') ? '' : argument)
    const names = await store.list(folder)
    return Promise.all(
      names.map(async (name) => {
        const stats = await store.stat(`${folder}/${name}`)
        const modified = (stats?.modified ?? new Date(0)).toISOString().replaceAll(/[-:T]|\..*/g, '')
        return `type=${stats?.isFolder ? 'dir' : 'file'};size=${stats?.size ?? 0};modify=${modified}; ${name}`
      }),
    )
  }

  const commands: Readonly<Record<string, Command>> = {
    CWD: async (argument) => {
      if (!(await store.stat(pathOf(argument)))?.isFolder) return '550 No such folder.'
      state.folder = pathOf(argument)
      return '250 Changed.'
    },
    CDUP: () => {
      state.folder = absolute('..', state.folder)
      return '250 Changed.'
    },
    PWD: () => `257 "${state.folder}"`,
    MKD: async (argument) => {
      if (await store.stat(pathOf(argument))) return '550 It exists.'
      await store.makeFolder(pathOf(argument))
      return `257 "${pathOf(argument)}"`
    },
    EPSV: async () => `229 Entering extended passive mode (|||${(await passive()).port}|)`,
    PASV: async () => {
      const { port } = await passive()
      return `227 Entering passive mode (${(control.localAddress ?? '127.0.0.1').replace(/^::ffff:/, '').replaceAll('.', ',')},${port >> 8},${port & 255})`
    },
    STOR: take,
    RETR: async (argument) => {
      if (!(await store.stat(pathOf(argument)))) return '550 No such file.'
      if (!state.channel) return '425 Use EPSV first.'
      reply('150 Here it comes.')
      await pipeline(store.read(pathOf(argument)), await state.channel.socket()).catch(() => {})
      return '226 Sent.'
    },
    MLSD: async (argument) => send((await list(argument)).map((line) => `${line}\r\n`).join('')),
    NLST: async () => send((await store.list(state.folder)).map((line) => `${line}\r\n`).join('')),
    SIZE: async (argument) => {
      const stats = await store.stat(pathOf(argument))
      return stats && !stats.isFolder ? `213 ${stats.size}` : '550 No such file.'
    },
    DELE: async (argument) => {
      if (!(await store.stat(pathOf(argument)))) return '550 No such file.'
      await store.remove(pathOf(argument))
      return '250 Deleted.'
    },
    RNFR: async (argument) => {
      if (!(await store.stat(pathOf(argument)))) return '550 No such file.'
      state.renameFrom = pathOf(argument)
      return '350 To what?'
    },
    RNTO: async (argument) => {
      if (state.renameFrom === undefined) return '503 Use RNFR first.'
      await store.rename(state.renameFrom, pathOf(argument))
      state.renameFrom = undefined
      if (!faults.take('ftp', pathOf(argument), 'lost-reply')) return '250 Renamed.'
      cut()
      return undefined
    },
    NOOP: () => '200 Yes.',
  }
  const open: Readonly<Record<string, Command>> = {
    USER: (argument) => {
      state.user = argument
      return '331 Password, please.'
    },
    PASS: (argument) => {
      state.entered =
        state.user === account.user && argument === account.password && !faults.take('ftp', '', 'wrong-login')
      return state.entered ? '230 Welcome.' : '530 Login incorrect.'
    },
    AUTH: () => {
      reply('234 Begin TLS.')
      plain.removeAllListeners('data')
      control = new TLSSocket(plain, { isServer: true, secureContext: context })
      control.on('error', () => plain.destroy())
      listen()
      return ''
    },
    PBSZ: () => '200 PBSZ=0',
    PROT: (argument) => {
      state.secure = argument.toUpperCase() === 'P'
      return '200 As you like.'
    },
    FEAT: () =>
      '211-Features:\r\n EPSV\r\n PASV\r\n SIZE\r\n MLSD\r\n MLST type*;size*;modify*;\r\n UTF8\r\n AUTH TLS\r\n PBSZ\r\n PROT\r\n211 End',
    SYST: () => '215 UNIX Type: L8',
    OPTS: () => '200 As you like.',
    TYPE: () => '200 As you like.',
    STRU: () => '200 As you like.',
    QUIT: () => {
      reply('221 Goodbye.')
      control.end()
      return ''
    },
  }

  const answer = async (line: string): Promise<void> => {
    const [, verb = '', argument = ''] = /^(\S+)(?: (.*))?$/.exec(line) ?? []
    const name = verb.toUpperCase()
    const command = open[name] ?? (state.entered ? commands[name] : undefined)
    const known = Object.hasOwn(commands, name)
    try {
      const text = command ? await command(argument) : known ? '530 Log in first.' : '502 Not implemented.'
      if (text) reply(text)
    } catch (error) {
      reply(`550 ${error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : 'Failed'}`)
    }
  }
  /** Commands are answered one after the other, also where several came at once. */
  let turn = Promise.resolve()
  const listen = (): void => {
    let rest = ''
    control.on('data', (bytes: Buffer) => {
      const lines = (rest + bytes.toString('utf8')).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) turn = turn.then(() => answer(line))
    })
  }
  plain.once('close', () => state.channel?.close())
  listen()
  reply('220 Stand-in.')
}
