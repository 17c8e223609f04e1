import { ownHeading } from '../jats/own-heading.ts'

/** The reason why a text of the XML need not be in the article JSON as it is written. */
export interface Reason {
  /**
   * The element that it is about, with those around it from the outside in: `/` between parent and child, `[@a=b]` and `[@a]`
   * for attributes. Whatever is below the element counts.
   */
  readonly where: string
  /** Only texts that match. */
  readonly text?: RegExp
  /** Only if everything that is lost of the text matches. */
  readonly lost?: RegExp
  /** Only if the whole text stands in the output, one word after the other, for another text of the XML. */
  readonly repeats?: true
  /** Only if another text of the same element of this name has the same words, one after the other, and came out whole. */
  readonly within?: string
  /** Only if the sibling of this name has the same words. */
  readonly saidBy?: string
  /** Only if siblings of these names have all its words, but for those that stand around year and holder. */
  readonly givenIn?: readonly string[]
  /** Only if all other text of the nearest element of this name came out. */
  readonly besides?: string
  /** Only for pages: the article JSON has it. */
  readonly onPage?: true
  /** Only if the date that the element gives stands in the output. */
  readonly date?: true
  readonly why: string
}

/** Headings of letters, which the page has of its own. */
const letterHeading =
  /^\W*(?:authors?[’']? response|decision letter|editor[’']?s[’']? evaluation|elife assessment)\W*$/i

/**
 * The reviewed list: everything here is used otherwise, or is no text of the article. Whatever is not here and not in the
 * article JSON is reported.
 */
export const reasons: readonly Reason[] = [
  // About the journal, which its settings describe.
  { where: 'journal-meta', why: 'The journal is described by its settings.' },
  // Identifiers and counts for machines.
  { where: 'article-meta/article-id', why: 'Identifiers are checked against the package and the settings.' },
  { where: 'front-stub/article-id', why: 'An identifier of a part.' },
  { where: 'article-meta/article-version', why: 'Versions are counted when the article is published.' },
  { where: 'volume-id', why: 'An identifier, no text.' },
  { where: 'issue-id', why: 'An identifier, no text.' },
  { where: 'glyph-data', text: /^[\da-f\s]*$/i, why: 'A drawing of a character as numbers.' },
  { where: 'object-id', why: 'An identifier, no text.' },
  { where: 'contrib-id', why: 'An identifier; ORCIDs are shown as links.' },
  { where: 'institution-id', why: 'An identifier, no text.' },
  { where: 'processing-meta', why: 'Tells programs how the XML is tagged.' },
  { where: 'article-meta/counts', why: 'Counts for machines.' },
  { where: 'custom-meta/meta-name', why: 'The name of an entry for machines.' },
  { where: 'article-meta/elocation-id', why: 'Checked against the settings.' },
  { where: 'pub-id', onPage: true, why: 'An identifier: DOIs are links, others are for machines.' },
  { where: 'article-meta/volume', repeats: true, why: 'A number of the metadata.' },
  { where: 'article-meta/issue', repeats: true, why: 'A number of the metadata.' },
  // Dates, which come out in another form.
  { where: 'pub-date/day', why: 'The date of publication is shown, formatted; others are for machines.' },
  { where: 'pub-date/month', why: 'The date of publication is shown, formatted; others are for machines.' },
  { where: 'pub-date/year', why: 'The date of publication is shown, formatted; others are for machines.' },
  { where: 'history/date/day', date: true, why: 'The date is shown, formatted.' },
  { where: 'history/date/month', date: true, why: 'The date is shown, formatted.' },
  { where: 'history/date/year', date: true, why: 'The date is shown, formatted.' },
  {
    where: 'pub-history',
    text: /^\s*(?:\d+|10\.\S+|https?:\S+)\s*$/,
    why: 'Dates are formatted, identifiers become links.',
  },
  // Values of a fixed list.
  {
    where: 'article-categories/subj-group[@subj-group-type=display-channel]',
    why: 'The kind of article, as the settings name it.',
  },
  { where: 'article-categories', repeats: true, why: 'A subject is named once.' },
  // Said otherwise.
  {
    where: 'p',
    text: /^\W*doi\W*(?:https?:\W*(?:dx\W*)?doi\W*org\W*)?10\.\S+\W*$/i,
    why: 'The DOI of a part is shown as a link.',
  },
  // Tagging only.
  { where: 'xref/label', why: 'Repeats the label of its target.' },
  { where: 'aff/label', why: 'A mark that ties authors to affiliations, which are shown with the author.' },
  {
    where: 'aff/sup',
    text: /^\W*[\p{L}\d]{1,3}\W*$/u,
    besides: 'aff',
    why: 'A mark that ties authors to affiliations, which are shown with the author.',
  },
  { where: 'aff', within: 'aff', why: 'The affiliation is given as a whole beside its parts.' },
  { where: 'aff', repeats: true, onPage: true, why: 'The page names each place once, with its authors.' },
  {
    where: 'author-notes/fn/label',
    besides: 'fn',
    why: 'A mark that ties authors to a note, which is shown with the author.',
  },
  { where: 'lpage', saidBy: 'fpage', why: 'The part has one page.' },
  { where: 'fpage', saidBy: 'page-range', why: 'The pages are given once, as a range.' },
  { where: 'lpage', saidBy: 'page-range', why: 'The pages are given once, as a range.' },
  { where: 'contrib/xref', why: 'A mark that ties an author to affiliations and notes.' },
  { where: 'collab/xref', why: 'A mark that ties an author to affiliations and notes.' },
  {
    where: 'contrib',
    text: /^\W*(?:is|are) (?:in|at)(?: the)?\W*$/i,
    why: 'Ties the author to the affiliation in print; affiliations are shown with the author.',
  },
  {
    where: 'contrib/x',
    text: /^\W*(?:(?:is|are|was|were|and|a|an|the|in|at|of)\b\W*)*$/i,
    why: 'JATS: text generated between the parts of a byline in print; the parts are shown by themselves.',
  },
  {
    where: 'custom-meta/meta-value',
    text: /^\W*\d+(?:\.\d+)*\W*$/,
    why: 'A number for machines, such as the version of the tagging.',
  },
  { where: 'index-term', why: 'An entry of an index, of which a page has none; it is no text of its place.' },
  { where: 'index-term-range-end', why: 'The end of an entry of an index.' },
  { where: 'mml:annotation', why: 'Another form of a formula that is shown.' },
  { where: 'sub-article/front-stub', repeats: true, why: 'Editors and authors are named once.' },
  { where: 'response/front-stub', repeats: true, why: 'Editors and authors are named once.' },
  { where: 'principal-award-recipient', repeats: true, why: 'Authors are named once.' },
  { where: 'copyright-holder', repeats: true, why: 'Named once, in the licence line.' },
  {
    where: 'copyright-statement',
    givenIn: ['copyright-year', 'copyright-holder'],
    why: 'The licence line says year and holder, which are given apart as well.',
  },
  { where: 'copyright-year', within: 'permissions', why: 'The statement of copyright says it.' },
  {
    where: 'ali:license_ref',
    text: /^\s*https?:/,
    why: 'The licence is shown by its name, which links to this address.',
  },
  {
    where: 'corresp',
    lost: /^(?:for|to|whom|correspondence|corresponding|authors?|should|be|addressed|e|mail|email| )+$/i,
    why: 'The address is shown with the author.',
  },
  { where: 'fn/label', text: ownHeading, why: 'The page has its own heading for this part.' },
  { where: 'title', text: ownHeading, why: 'The page has its own heading for this part.' },
  {
    where: 'front-stub/title-group/article-title',
    text: letterHeading,
    why: 'The page has its own heading for this letter.',
  },
  { where: 'alt-title', saidBy: 'article-title', why: 'It is the title.' },
  { where: 'name-alternatives/name[@name-style=index]', why: 'A form of a name for sorting.' },
]
