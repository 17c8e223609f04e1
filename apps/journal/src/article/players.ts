import { Type, type Static } from 'typebox'
import { when, html, id, nothing, type Html } from '../markup/html.ts'
import { description } from './credits.ts'
import type { Frame } from './frame.ts'
import { Picture } from './images.ts'
import { Legend, legend, nameOf } from './legend.ts'

const Source = Type.Object({ uri: Type.String(), mediaType: Type.String() })

export const Video = Type.Interface([Legend], {
  sources: Type.Array(Source),
  placeholder: Type.Optional(Picture),
  width: Type.Optional(Type.Integer()),
  height: Type.Optional(Type.Integer()),
})
export const Audio = Type.Interface([Legend], { sources: Type.Array(Source) })

/** A video without a still shows its first moment, which browsers load with its length. */
export function videoFigure(video: Static<typeof Video>, frame: Frame): Html {
  const sources = playable(video.sources, 'video', frame)
  const still = video.placeholder && frame.files.load(video.placeholder.source?.uri ?? video.placeholder.uri)
  return html`<figure class="video" ${id(video.id)}>
    <video
      controls
      preload="${still ? 'none' : 'metadata'}"
      ${nameOf(video) ? html`aria-label="${nameOf(video)}"` : nothing}
      ${when(still, (address) => html` poster="${address}"`)}${when(video.width, (width) => html` width="${width}"`)}${when(video.height, (height) => html` height="${height}"`)}
    >
      ${sources.map((each) => source(still ? each : { ...each, address: `${each.address}#t=0.1` }))}
    </video>
    ${legend(video, frame, download(sources, 'Download the video'))} ${description(video.longDescription)}
  </figure>`
}

export function audioFigure(audio: Static<typeof Audio>, frame: Frame): Html {
  const sources = playable(audio.sources, 'audio', frame)
  return html`<figure class="audio" ${id(audio.id)}>
    <audio controls preload="none" aria-label="${nameOf(audio) || 'Sound'}">${sources.map(source)}</audio>
    ${legend(audio, frame, download(sources, 'Download the sound'))} ${description(audio.longDescription)}
  </figure>`
}

interface Playable {
  readonly address: string
  readonly mediaType: string
}

/** The formats that the page may load. */
function playable(
  sources: readonly Static<typeof Source>[],
  sort: 'video' | 'audio',
  frame: Frame,
): readonly Playable[] {
  return sources.flatMap(({ uri, mediaType }) => {
    const address = frame.files.load(uri)
    return address && mediaType.startsWith(`${sort}/`) && /^[\w.+/-]+$/.test(mediaType) ? [{ address, mediaType }] : []
  })
}

function source({ address, mediaType }: Playable): Html {
  return html`<source src="${address}" type="${mediaType}" />`
}

function download([first]: readonly Playable[], words: string): Html {
  return first ? html`<a href="${first.address}">${words}</a>` : nothing
}
