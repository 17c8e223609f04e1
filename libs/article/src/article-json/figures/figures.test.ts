import { describe, expect, test } from 'vitest'
import { apiSchema } from '../../testing/public-api.ts'
import { blocksOfBody, converted, imageNamed } from '../../testing/converted.ts'

const problems = apiSchema('article-vor.v8')
const graphic = (name = 'fig1') => `<graphic xlink:href="continuum-00007-${name}"/>`
const about = (label: string, title: string, more = '') =>
  `<label>${label}.</label><caption><title>${title}</title>${more}</caption>`
const text = (words: string) => ({ type: 'paragraph', text: words })
const valid = (body: string) => {
  expect(problems(converted({ body }))).toEqual([])
  return blocksOfBody(body)
}

describe('a figure', () => {
  test('shows figures of its caption and of its paragraphs as supplements', () => {
    const inner = (id: string) => `<p><fig id="${id}">${about(id, 'Inner')}${graphic('fig2')}</fig></p>`
    const body = `<fig id="f1">${about('Figure 1', 'Outer', inner('f1s1'))}${graphic()}${inner('f1s2')}</fig>`
    expect(valid(body)).toMatchObject([
      { type: 'figure', assets: [{ id: 'f1', title: 'Outer' }, { id: 'f1s1' }, { id: 'f1s2', title: 'Inner' }] },
    ])
  })

  test('says whose it is and how it may be used', () => {
    const permissions = `<permissions><copyright-statement>© 1991, A Press</copyright-statement><copyright-year>1991</copyright-year><copyright-holder>A Press</copyright-holder><license xlink:href="https://example.org/terms"><license-p>Reprinted with <italic>permission</italic>.</license-p></license></permissions>`
    const body = `<fig id="f1">${about('Figure 1', 'T')}${graphic()}<attrib>By me</attrib>${permissions}</fig>`
    expect(valid(body)).toMatchObject([
      {
        assets: [
          {
            image: {
              attribution: [
                'By me',
                '© 1991, A Press',
                'Reprinted with <i>permission</i>.',
                '<a href="https://example.org/terms">https://example.org/terms</a>',
              ],
            },
          },
        ],
      },
    ])
  })

  test('shows all its images under one legend', () => {
    const [block] = valid(`<fig id="f1">${about('Figure 1', 'T')}${graphic()}${graphic('fig2')}</fig>`)
    expect(block).toMatchObject({
      assets: [{ label: 'Figure 1', image: { uri: imageNamed('fig1') }, furtherImages: [{ uri: imageNamed('fig2') }] }],
    })
    expect(JSON.stringify(block).split('Figure 1')).toHaveLength(2)
  })

  test('that is a drawing is shown by an image of it, and offered as what it is', () => {
    const uri = imageNamed('fig3')
    const source = {
      mediaType: 'image/svg+xml',
      uri: uri.replace(/jpg$/, 'svg'),
      filename: 'continuum-00007-fig3-v1.svg',
    }
    const body = `<fig id="f1">${about('Figure 1', 'T')}${graphic('fig3')}</fig>`
    expect(valid(body)).toMatchObject([{ assets: [{ image: { uri, source } }] }])
  })

  test('of alternatives shows the first that is there', () => {
    const body = `<fig id="f1">${about('Figure 1', 'T')}<alternatives>${graphic()}${graphic('fig2')}</alternatives></fig>`
    expect(valid(body)).toMatchObject([{ assets: [{ image: { uri: imageNamed('fig1') } }] }])
    expect(JSON.stringify(blocksOfBody(body))).not.toContain('fig2')
  })

  test('has its description, short and long', () => {
    const [block] = valid(
      `<fig id="f1">${about('Figure 1', 'T')}<alt-text>Short.</alt-text><long-desc>At length.</long-desc>${graphic()}</fig>`,
    )
    expect(block).toMatchObject({ assets: [{ image: { alt: 'Short.' }, longDescription: 'At length.' }] })
  })

  test('without an image is a box with what it holds', () => {
    expect(valid(`<fig id="f1">${about('Listing 1', 'T', '<p>C.</p>')}<code>x = 1</code></fig>`)).toEqual([
      {
        type: 'box',
        id: 'f1',
        label: 'Listing 1',
        title: 'T',
        content: [text('C.'), { type: 'code', code: 'x = 1' }],
      },
    ])
  })

  test('whose image the article does not name keeps its legend', () => {
    const body = (attributes: string) =>
      `<fig id="f1">${about('Figure 1', 'T', '<p>C.</p>')}<graphic ${attributes}/></fig>`
    for (const attributes of ['', 'xlink:href="info:doi/10.1000/x.g001"', 'xlink:href="a/b/c"']) {
      expect(valid(body(attributes))).toEqual([
        { type: 'box', id: 'f1', label: 'Figure 1', title: 'T', content: [text('C.')] },
      ])
    }
  })

  test('whose image is elsewhere leads to it', () => {
    const body = `<fig id="f1">${about('Figure 1', 'T')}<graphic xlink:href="https://example.org/a/fig.png"/></fig>`
    expect(blocksOfBody(body)).toMatchObject([
      {
        assets: [
          { label: 'Figure 1', image: { uri: 'https://example.org/a/fig.png', source: { filename: 'fig.png' } } },
        ],
      },
    ])
  })

  test('has its keywords and whatever else it holds below its caption', () => {
    const body = `<fig id="f1">${about('Figure 1', 'T', '<p>C.</p><list><list-item><p>L</p></list-item></list>')}${graphic()}<kwd-group><kwd>one</kwd><kwd>two</kwd></kwd-group><p>After.</p></fig>`
    expect(blocksOfBody(body)).toMatchObject([
      { assets: [{ caption: [text('C.'), { type: 'list', items: ['L'] }, text('one two'), text('After.')] }] },
    ])
  })

  test('keeps an equation of its caption as an equation', () => {
    const formula = '<disp-formula id="e1"><mml:math><mml:mi>x</mml:mi></mml:math></disp-formula>'
    expect(valid(`<fig id="f1">${about('Figure 1', 'T', `<p>A ${formula} B</p>`)}${graphic()}</fig>`)).toMatchObject([
      { assets: [{ caption: [text('A'), { type: 'mathml', id: 'e1' }, text('B')] }] },
    ])
  })
})

describe('a group of figures', () => {
  const member = (id: string, name: string) => `<fig id="${id}">${about(id, 'Part')}${graphic(name)}</fig>`

  test('has its number and caption, and its figures theirs', () => {
    const body = `<fig-group id="g">${about('Figure 1', 'All', '<p>Words.</p>')}${member('a', 'fig1')}${member('b', 'fig2')}</fig-group>`
    expect(valid(body)).toMatchObject([
      {
        type: 'figure',
        id: 'g',
        label: 'Figure 1',
        title: 'All',
        caption: [text('Words.')],
        assets: [{ id: 'a', title: 'Part' }, { id: 'b' }],
      },
    ])
  })

  test('without number and caption is its figures, and a link to it leads to the first', () => {
    const body = `<p><xref rid="g">both</xref></p><fig-group id="g">${member('a', 'fig1')}${member('b', 'fig2')}</fig-group>`
    expect(valid(body)[1]).toMatchObject({ type: 'figure', anchors: ['g'], assets: [{ id: 'a' }, { id: 'b' }] })
  })

  test('may be of images that have no numbers', () => {
    const body = `<fig-group id="g">${about('Figure 1', 'All')}<fig>${graphic()}</fig>${graphic('fig2')}</fig-group>`
    expect(blocksOfBody(body)).toMatchObject([
      { type: 'figure', label: 'Figure 1', assets: [{ type: 'image' }, { image: { uri: imageNamed('fig2') } }] },
    ])
  })

  test('of tables is a figure of tables', () => {
    const table = (id: string) =>
      `<table-wrap id="${id}"><label>${id}</label><table><tr><td>x</td></tr></table></table-wrap>`
    const body = `<table-wrap-group id="g"><label>Table 1</label>${table('t1')}${table('t2')}</table-wrap-group>`
    expect(valid(body)).toMatchObject([{ label: 'Table 1', assets: [{ type: 'table', id: 't1' }, { id: 't2' }] }])
  })
})

describe('media', () => {
  const media = (attributes: string, inner = '') => `<media id="m1" ${attributes}>${inner}</media>`

  test('an animated GIF is an image that moves', () => {
    const body = media(
      'mimetype="video" mime-subtype="gif" xlink:href="continuum-00007-video1.gif"',
      about('Animation 1', 'T'),
    )
    const uri = 'https://cdn.example.org/00007/continuum-00007-video1.gif'
    expect(blocksOfBody(body)).toMatchObject([
      {
        assets: [
          { type: 'image', label: 'Animation 1', title: 'T', image: { uri, source: { mediaType: 'image/gif', uri } } },
        ],
      },
    ])
  })

  test('a sound is played, and keeps its caption', () => {
    expect(blocksOfBody(media('xlink:href="continuum-00007-audio1.mp3"', about('Audio 1', 'Song')))).toMatchObject([
      { type: 'audio', id: 'm1', label: 'Audio 1', title: 'Song', sources: [{ mediaType: 'audio/mpeg' }] },
    ])
  })

  test('a video is offered in all its formats, also in a figure', () => {
    const formats = ['mp4', 'webm'].map(
      (format) => `<media mimetype="video" xlink:href="continuum-00007-video1.${format}"/>`,
    )
    const body = `<fig id="v1">${about('Video 1', 'T')}<alternatives>${formats.join('')}</alternatives></fig>`
    expect(valid(body)).toMatchObject([
      {
        assets: [
          {
            type: 'video',
            id: 'v1',
            label: 'Video 1',
            sources: [{ mediaType: 'video/mp4' }, { mediaType: 'video/webm' }],
          },
        ],
      },
    ])
  })

  test('a file of another sort is led to, under its title', () => {
    expect(valid(media('xlink:href="continuum-00007-model.cif"', about('Model 1', 'T', '<p>C.</p>')))).toEqual([
      {
        type: 'box',
        id: 'm1',
        label: 'Model 1',
        title: 'T',
        content: [
          text('C.'),
          text('<a href="https://cdn.example.org/00007/continuum-00007-model.cif">continuum-00007-model.cif</a>'),
        ],
      },
    ])
  })
})

describe('supplements', () => {
  const file =
    '<media xlink:href="continuum-00007-supp1.csv"><caption><title>In the file</title><p>Its words.</p></caption></media>'

  test('of boxes are among the files of the article, with all that is said of them', () => {
    const body = `<p>A</p><boxed-text><p>B<supplementary-material id="s1"><label>File 1.</label><caption><title>T</title><p>C.</p></caption>${file}<p>D.</p></supplementary-material></p></boxed-text>`
    expect(converted({ body }).additionalFiles).toMatchObject([
      { id: 's1', label: 'File 1', title: 'T', caption: ['C.', 'In the file', 'Its words.', 'D.'].map(text) },
    ])
    expect(blocksOfBody(body)).toEqual(['A', 'B'].map(text))
  })

  test('without a file of the article stay in the text', () => {
    const body = `<supplementary-material id="s1" xlink:href="https://example.org/data"><label>File 1.</label><caption><p>C.</p></caption></supplementary-material>`
    expect(valid(body)).toEqual([
      {
        type: 'box',
        id: 's1',
        title: 'File 1',
        content: [text('C.'), text('<a href="https://example.org/data">https://example.org/data</a>')],
      },
    ])
  })
})
