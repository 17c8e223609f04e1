import { html, nothing, when, type Html } from '@continuum/service'
import { propertiesOf, textOf } from '../../derive/history/article.ts'
import type { SectionChange } from '../../changes/article-changes.ts'
import type { FileChange } from '../../changes/file-changes.ts'
import type { FigureChange } from '../../changes/figures.ts'
import { replacementText } from '../../derive/rules/replacement.ts'
import { articlePath, imagePath, previewPath, publicImagePath, sitePath, type RunRef } from '../elements/addresses.ts'
import { titleHtml } from '../elements/jats-title.ts'
import { plural } from '../elements/plural.ts'
import type { Page } from '../frame/layout.ts'
import type { Article, KnownRun, Version } from '../../derive/history/model.ts'
import type { Compared } from './compared.ts'
import { piecesHtml } from './pieces.ts'

/** A run of an article, to be shown beside what is public. */
export interface ComparedRun {
  readonly article: Article
  readonly version: Version
  readonly run: KnownRun
}

/** Builds the page of what a run changes for readers: text, metadata, figures, files. */
export function changesPage(
  { article, version, run }: ComparedRun,
  compared: Compared | string,
  siteUrl: string,
): Page {
  const ref = { id: article.id, version: version.number, run: run.id }
  const title = textOf(propertiesOf(article, version, run), 'title')
  return {
    title: `What changes in ${article.id}`,
    main: html`<article class="changes">
      <header>
        <p class="identity">
          <b class="number">${article.id}</b> <span>version ${version.number}, run ${run.number}</span>
        </p>
        <h1>What changes${when(title, (text) => html`: ${titleHtml(text)}`)}</h1>
        <p class="actions start">
          <a class="button" href="${articlePath(ref.id, ref.version, ref.run)}">Article</a>
          <a class="button" href="${previewPath(ref.id, ref.version)}" target="_blank" rel="noopener"
            >Preview<span class="quiet-voice"> in a new tab</span></a
          >${when(
            typeof compared === 'object' && compared.is === 'compared' && compared,
            (known) =>
              html`<a class="button" href="${sitePath(siteUrl, article.id, known.version)}"
                >Published version ${known.version}</a
              >`,
          )}
        </p>
      </header>
      ${bodyHtml(article, ref, compared)}
    </article>`,
  }
}

function bodyHtml(article: Article, ref: RunRef, compared: Compared | string): Html {
  if (typeof compared === 'string') return html`<p class="tally none">${compared}</p>`
  if (compared.is === 'not compared') return html`<p class="tally none">${compared.why}</p>`
  const { changes, figures, files, itself, version } = compared
  const counts: [string, string, number][] = [
    ['text', 'in the text', changes.sections.length],
    ['metadata', 'in the metadata', changes.fields.length],
    ['figures', figures.length === 1 ? 'figure' : 'figures', figures.length],
    ['files', files?.length === 1 ? 'file' : 'files', files?.length ?? 0],
  ]
  return html`<p>
      ${itself ? html`This run is what readers get of version ${version}.` : replacementText(article, ref.version)}
      Shown beside version ${version}, as it is public now.
    </p>
    <p class="tally">${counts.map(([id, text, count]) => html`<a href="#${id}"><b>${count}</b> ${text}</a> `)}</p>
    ${textHtml(changes.sections, changes.sameSections)} ${metadataHtml(compared)}
    ${figuresHtml(figures, changes.figures.length - figures.length, ref)} ${filesHtml(files)}`
}

const sectionTexts: Readonly<Record<SectionChange['is'], string>> = {
  changed: '',
  added: 'new section',
  removed: 'section that is gone',
  markup: 'only its markup differs, such as italics or links',
}

function textHtml(sections: readonly SectionChange[], same: number): Html {
  return html`<section id="text" aria-labelledby="text-heading">
    <h2 id="text-heading">Text</h2>
    ${sections.length === 0 ? html`<p class="quiet">The text is the same.</p>` : nothing}
    ${sections.map(
      ({ heading, is, paragraphs }) =>
        html`<section class="panel-sheet text-change ${is}">
          <h3>${heading}${when(sectionTexts[is], (text) => html` <span class="note">${text}</span>`)}</h3>
          ${paragraphs.map((pieces) => html`<p>${piecesHtml(pieces)}</p>`)}
        </section>`,
    )}
    ${when(sections.length > 0 && same > 0, () => html`<p class="quiet">${plural(same, 'other section')} without a difference.</p>`)}
  </section>`
}

function metadataHtml({ changes: { fields, sameFields } }: Extract<Compared, { is: 'compared' }>): Html {
  return html`<section id="metadata" aria-labelledby="metadata-heading">
    <h2 id="metadata-heading">Metadata</h2>
    ${
      fields.length === 0
        ? html`<p class="quiet">The metadata is the same.</p>`
        : html`<dl class="facts panel-sheet">
              ${fields.map(
                ({ name, pieces }) =>
                  html`<dt>${name}</dt>
                    <dd>${piecesHtml(pieces)}</dd>`,
              )}
            </dl>
            <p class="quiet">${plural(sameFields, 'other field')} without a difference.</p>`
    }
  </section>`
}

function figuresHtml(figures: readonly FigureChange[], same: number, ref: RunRef): Html {
  return html`<section id="figures" aria-labelledby="figures-heading">
    <h2 id="figures-heading">Figures</h2>
    ${figures.map((figure) => figureHtml(figure, ref))}
    ${
      figures.length === 0
        ? html`<p class="quiet">${same === 0 ? 'There are no figures.' : 'The figures are the same.'}</p>`
        : when(same > 0, () => html`<p class="quiet">${plural(same, 'other figure')} without a difference.</p>`)
    }
  </section>`
}

function figureHtml({ key, label, was, is }: FigureChange, ref: RunRef): Html {
  const pane = (name: string, file: string | undefined, path: (file: string) => string) =>
    html`<div class="pane">
      <p>${name}</p>
      ${
        file === undefined
          ? html`<p class="quiet">not there</p>`
          : html`<img src="${path(file)}" alt="${label}, ${name}" loading="lazy" />`
      }
    </div>`
  return html`<div class="panel-sheet figure-change" id="figure-${key}" ${was && is ? html`data-slide` : nothing}>
    <h3>
      ${label}${was ? nothing : html` <span class="note">new</span>`}${is ? nothing : html` <span class="note">gone</span>`}
    </h3>
    ${when(
      was && is,
      () =>
        html`<p class="slide-controls" hidden>
          <button type="button" aria-pressed="false">Slide one over the other</button>
          <label hidden
            >Public to the left, this run to the right <input type="range" min="0" max="100" value="50"
          /></label>
        </p>`,
    )}
    <div class="panes">
      ${pane('public', was?.file, (file) => publicImagePath(ref.id, file))}${pane('this run', is?.file, (file) =>
        imagePath(ref, file),
      )}
    </div>
  </div>`
}

const fileTexts: Readonly<Record<FileChange['is'], string>> = { changed: 'differs', added: 'new', removed: 'gone' }

function filesHtml(files: readonly FileChange[] | undefined): Html {
  if (!files)
    return html`<section id="files" aria-labelledby="files-heading">
      <h2 id="files-heading">Files</h2>
      <p class="quiet">Not compared: the files of one of both are no longer kept.</p>
    </section>`
  const bytes = (count: number | undefined) => (count === undefined ? '' : `${count.toLocaleString('en')} bytes`)
  return html`<section id="files" aria-labelledby="files-heading">
    <h2 id="files-heading">Files</h2>
    ${
      files.length === 0
        ? html`<p class="quiet">The files are the same.</p>`
        : html`<div class="wide" tabindex="0" role="region" aria-label="Files that differ">
            <table>
              <thead>
                <tr>
                  ${['File', 'Change', 'Public', 'This run'].map((name) => html`<th scope="col">${name}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${files.map(
                  ({ name, is, was, now }) =>
                    html`<tr>
                      <td><code>${name}</code></td>
                      <td>${fileTexts[is]}</td>
                      <td>${bytes(was?.bytes)}</td>
                      <td>${bytes(now?.bytes)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`
}
