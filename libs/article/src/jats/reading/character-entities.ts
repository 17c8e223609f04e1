/**
 * The named characters that the JATS DTD would declare and authors' tools still write, as code points.
 * The DTD itself is never loaded. Names of consecutive characters stand in a row after the first one's code point.
 */
const rows: readonly (readonly [first: number, names: string])[] = [
  [0xa0, 'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr'],
  [0xb0, 'deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest'],
  [0xc0, 'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml'],
  [0xd0, 'ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig'],
  [0xe0, 'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml'],
  [0xf0, 'eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'],
  [0x391, 'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho'],
  [0x3a3, 'Sigma Tau Upsilon Phi Chi Psi Omega'],
  [0x3b1, 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf'],
  [0x3c3, 'sigma tau upsilon phi chi psi omega'],
  [0x152, 'OElig oelig'],
  [0x160, 'Scaron scaron'],
  [0x178, 'Yuml'],
  [0x17d, 'Zcaron zcaron'],
  [0x2002, 'ensp emsp'],
  [0x2009, 'thinsp hairsp'],
  [0x200c, 'zwnj zwj'],
  [0x2010, 'hyphen'],
  [0x2013, 'ndash mdash'],
  [0x2018, 'lsquo rsquo'],
  [0x201c, 'ldquo rdquo'],
  [0x2020, 'dagger Dagger bull'],
  [0x2026, 'hellip'],
  [0x2030, 'permil'],
  [0x2032, 'prime Prime'],
  [0x2039, 'lsaquo rsaquo'],
  [0x20ac, 'euro'],
  [0x2122, 'trade'],
  [0x212b, 'angst'],
  [0x2190, 'larr uarr rarr darr harr'],
  [0x2202, 'part'],
  [0x2207, 'nabla isin'],
  [0x2211, 'sum minus'],
  [0x2217, 'lowast'],
  [0x221a, 'radic'],
  [0x221e, 'infin'],
  [0x2229, 'cap cup int'],
  [0x223c, 'sim'],
  [0x2248, 'asymp'],
  [0x2260, 'ne equiv'],
  [0x2264, 'le ge'],
]

const codePoints: ReadonlyMap<string, number> = new Map(
  rows.flatMap(([first, names]) => names.split(' ').map((name, index) => [name, first + index] as const)),
)

/** The character of this name, or undefined when it is not in the table. */
export function namedCharacter(name: string): string | undefined {
  const code = codePoints.get(name)
  return code === undefined ? undefined : String.fromCodePoint(code)
}
