/** The allowed elements, with their attributes. Everything else is left out. */
export type Allowed = ReadonlyMap<string, readonly string[]>

const plain = (names: string): [string, readonly string[]][] => names.split(/\s+/).map((name) => [name, []])

/** Running text, without links and images. */
export const phrase: Allowed = new Map([
  ...plain('b code em i s small strong sub sup u br ruby rt rp'),
  ['span', ['class', 'id', 'lang']],
])

/** Running text. `href` and `src` are checked besides. */
export const inline: Allowed = new Map([...phrase, ['a', ['href']], ['img', ['src', 'alt']]])

const cell = ['colspan', 'rowspan', 'align']
export const table: Allowed = new Map([
  ...inline,
  ...plain('table caption thead tbody tfoot colgroup tr p ul ol li'),
  ['col', ['span']],
  ['th', [...cell, 'scope']],
  ['td', cell],
])

const size = ['width', 'height', 'depth', 'lspace', 'rspace', 'voffset']
const rows = ['columnalign', 'rowspacing', 'columnspacing', 'rowlines', 'columnlines', 'frame', 'columnspan', 'rowspan']
/** Presentation MathML, as browsers show it; inside `math` only this is allowed. */
export const math: Allowed = new Map<string, readonly string[]>([
  ...'mi mn ms mtext mrow mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts mprescripts none mphantom merror semantics'
    .split(' ')
    .map((name): [string, readonly string[]] => [
      name,
      ['mathvariant', 'linethickness', 'accent', 'accentunder', 'displaystyle'],
    ]),
  ['math', ['display', 'alttext']],
  [
    'mo',
    [
      'form',
      'fence',
      'separator',
      'stretchy',
      'symmetric',
      'largeop',
      'movablelimits',
      'minsize',
      'maxsize',
      'mathvariant',
      ...size,
    ],
  ],
  ['mspace', size],
  ['mpadded', size],
  ['mstyle', ['displaystyle', 'scriptlevel', 'mathvariant']],
  ['menclose', ['notation']],
  ['mfenced', ['open', 'close', 'separators']],
  ...['mtable', 'mtr', 'mtd', 'mlabeledtr'].map((name): [string, readonly string[]] => [name, rows]),
])

/** Left out with all that is in them; of other unknown elements what is in them stays. */
export const dropped = new Set(
  'annotation annotation-xml applet audio base button embed form frame frameset head iframe input link meta noscript object option script select style svg template textarea title video'.split(
    ' ',
  ),
)

/** Classes that article texts use, as the stylesheet knows them. */
export const classes = new Set(['monospace', 'overline', 'roman', 'sans-serif', 'small-caps', 'underline'])
