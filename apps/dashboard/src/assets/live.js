import { localise } from './times.js'

/** Changes that come close together are shown together. */
const gatherMilliseconds = 400

/** What the server said of each part, before times were turned into the reader's zone: what a new answer is compared with. */
const said = new WeakMap()

/**
 * Follows changes: when one is heard the page asks for itself again, and only the parts that differ are replaced.
 * @param {string} subject `*`, or the article that the page is about
 */
export function follow(subject) {
  const state = { paused: sessionStorage.getItem('paused') === 'yes', missed: false, connected: false, timer: 0 }
  const button = document.getElementById('pause')
  const words = document.getElementById('live-state')
  button.parentElement.hidden = false
  remember(document)

  const show = () => {
    button.textContent = state.paused ? 'Follow updates' : 'Pause updates'
    button.setAttribute('aria-pressed', String(state.paused))
    const following = state.connected ? 'Live' : 'Connecting…'
    words.textContent = state.paused ? (state.missed ? 'Paused, there are changes' : 'Paused') : following
  }
  const changed = () => {
    state.missed = true
    show()
    if (state.paused || state.timer !== 0) return
    state.timer = setTimeout(async () => {
      state.missed = false
      await refresh().catch(() => (state.missed = true))
      state.timer = 0
      if (state.missed && state.connected) changed()
    }, gatherMilliseconds)
  }
  button.addEventListener('click', () => {
    state.paused = !state.paused
    sessionStorage.setItem('paused', state.paused ? 'yes' : 'no')
    show()
    if (!state.paused && state.missed) changed()
  })

  const source = new EventSource('/changes')
  let opened = 0
  source.addEventListener('open', () => {
    state.connected = true
    show()
    // What changed since the server wrote the page, or while the connection was lost, is told by nobody.
    if (opened++ > 0 || !state.paused) changed()
  })
  source.addEventListener('error', () => {
    state.connected = false
    show()
  })
  source.addEventListener('message', ({ data }) => {
    const { article } = JSON.parse(data)
    if (subject === '*' || article === null || article === subject) changed()
  })
  show()
}

/** Asks for the page again and takes over what differs. */
async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (answer.redirected && new URL(answer.url).pathname === '/sign-in') return location.reload()
  if (!answer.ok) throw new Error(`the page answered ${answer.status}`)
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const [old, next] = [document.querySelector('[data-parts]'), fresh.querySelector('[data-parts]')]
  if (!old || !next) return undefined
  remember(fresh)
  const focused = document.activeElement?.id
  replaceParts(old, next)
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus()
  if (document.title !== fresh.title) document.title = fresh.title
  announce()
  return undefined
}

/** Brings a container's children to what the server says they are now, touching none that is the same. */
function replaceParts(old, next) {
  const known = new Map([...old.children].map((child) => [keyOf(child), child]))
  let place = old.firstElementChild
  for (const wanted of Array.from(next.children)) {
    const present = known.get(keyOf(wanted))
    known.delete(keyOf(wanted))
    let child = present ?? wanted
    if (present && isContainer(present) && isContainer(wanted)) {
      replaceParts(present, wanted)
    } else if (!present || said.get(present) !== said.get(wanted)) {
      child = wanted
      localise(child)
      child.classList.add('fresh')
      if (present) {
        keepState(present, child)
        if (present === place) place = present.nextElementSibling
        present.remove()
      }
    }
    if (child === place) place = child.nextElementSibling
    else old.insertBefore(child, place)
  }
  for (const gone of known.values()) gone.remove()
}

/** What the reader has opened, ticked and typed stays. */
function keepState(old, next) {
  for (const details of old.querySelectorAll('details[open][id]'))
    next.querySelector(`#${CSS.escape(details.id)}`)?.setAttribute('open', '')
  for (const input of old.querySelectorAll('input[id]')) {
    const same = next.querySelector(`#${CSS.escape(input.id)}`)
    if (same) [same.value, same.checked] = [input.value, input.checked]
  }
}

function announce() {
  const tally = document.getElementById('tally')?.textContent.replaceAll(/\s+/g, ' ').trim() ?? ''
  const announcer = document.getElementById('announcer')
  if (announcer && announcer.textContent !== tally) announcer.textContent = tally
}

function remember(root) {
  for (const child of root.querySelectorAll('[data-parts] > *')) said.set(child, child.outerHTML)
}

function isContainer(element) {
  return Object.hasOwn(element.dataset, 'parts')
}

function keyOf(element) {
  return `${element.tagName} ${element.id}`
}
