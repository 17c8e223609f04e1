import { expect, test } from 'vitest'
import { blocksOfBody } from '../testing/converted.ts'

const line = (jats: string) =>
  blocksOfBody(`<p>${jats}</p>`)
    .map((block) => (block.type === 'paragraph' ? block.text : block.type))
    .join(' | ')

test.each([
  ['<ruby><rb>BASE</rb><rt>TOP</rt></ruby>', '<ruby>BASE<rp>(</rp><rt>TOP</rt><rp>)</rp></ruby>'],
  ['<abbrev>ABB<def><p>what it means</p></def></abbrev>', 'ABB (what it means)'],
  ['<private-char description="PRIV"><glyph-data>0110</glyph-data></private-char>', '[PRIV]'],
  ['<sans-serif>a</sans-serif> <roman>b</roman>', '<span class="sans-serif">a</span> <span class="roman">b</span>'],
  ['a<milestone-start rationale="x"/>b<milestone-end/>', 'ab'],
  ['<styled-content style="color:red">a</styled-content><x>, </x><named-content>b</named-content>', 'a, b'],
  ['a<index-term><term>gone</term></index-term>b', 'ab'],
  [
    '<xref rid="a b"><ext-link xlink:href="https://a.org/">in</ext-link></xref><target id="b">out</target>',
    '<a href="#b">in</a><span id="b">out</span>',
  ],
  [
    '<ext-link xlink:href="#s1">up</ext-link> <target id="s1">down</target>',
    '<a href="#s1">up</a> <span id="s1">down</span>',
  ],
  ['<xref rid="gone">to nowhere</xref> <ext-link xlink:href="#gone">too</ext-link>', 'to nowhere too'],
  ['<ext-link xlink:href="info:doi/10.1000/x">l</ext-link>', '<a href="https://doi.org/10.1000/x">l</a>'],
  [
    '<inline-supplementary-material xlink:href="continuum-00007-supp1.csv">data</inline-supplementary-material>',
    '<a href="https://cdn.example.org/00007/continuum-00007-supp1.csv">data</a>',
  ],
  ['<chem-struct>H<sub>2</sub>O</chem-struct>', 'H<sub>2</sub>O'],
  ['<foo>a</foo><bar/>b', 'ab'],
  ['<italic xml:lang="la">in situ</italic>', '<span lang="la"><i>in situ</i></span>'],
  ['a<styled-content xml:lang="de"> Wort</styled-content>', 'a<span lang="de"> Wort</span>'],
])('%s is %s', (jats, html) => expect(line(jats)).toBe(html))
