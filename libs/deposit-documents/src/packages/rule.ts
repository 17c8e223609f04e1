/** The files of a version that a recipient gets, and their names. */
export interface PackageRule {
  /** `xml-pdf` is the article's XML and PDFs, figures' too, without supplements. */
  readonly contents: 'everything' | 'xml-pdf' | 'xml'
  /** A zip, or the XML by itself. */
  readonly form: 'zip' | 'file'
  /**
   * Name of what is sent, with `{prefix}`, `{id}`, `{volume}` (two digits), `{version}` and `{revision}` (nothing, then `.r1`):
   * "{prefix}-{volume}-{id}{revision}.zip".
   */
  readonly name: string
  /** Keeps `-v2` in the names of files and in the XML. */
  readonly keepVersion: boolean
  /** Changes to the XML. */
  readonly xml: {
    /** Takes away the DOI of the version. */
    readonly removeVersionDoi: boolean
    /** Links in letters, and preprints, as PMC takes them. */
    readonly forPmc: boolean
  }
}

/** Usual rules, by what is sent. An environment names one and changes what differs. */
export const packageRules = {
  pmc: {
    contents: 'everything',
    form: 'zip',
    name: '{prefix}-{volume}-{id}{revision}.zip',
    keepVersion: false,
    xml: { removeVersionDoi: true, forPmc: true },
  },
  everything: {
    contents: 'everything',
    form: 'zip',
    name: '{prefix}-{volume}-{id}.zip',
    keepVersion: false,
    xml: { removeVersionDoi: false, forPmc: true },
  },
  'xml-pdf': {
    contents: 'xml-pdf',
    form: 'zip',
    name: '{prefix}-{id}-xml-pdf.zip',
    keepVersion: false,
    xml: { removeVersionDoi: true, forPmc: true },
  },
  'xml-zip': {
    contents: 'xml',
    form: 'zip',
    name: '{prefix}-{id}-xml.zip',
    keepVersion: false,
    xml: { removeVersionDoi: false, forPmc: true },
  },
  xml: {
    contents: 'xml',
    form: 'file',
    name: '{prefix}-{id}.xml',
    keepVersion: false,
    xml: { removeVersionDoi: false, forPmc: true },
  },
  'xml-version': {
    contents: 'xml',
    form: 'file',
    name: '{prefix}-{id}-v{version}.xml',
    keepVersion: true,
    xml: { removeVersionDoi: true, forPmc: false },
  },
} as const satisfies Record<string, PackageRule>
