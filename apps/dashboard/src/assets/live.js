import { localise } from './times.js'

/** Changes within this time are shown together. */
const debounceMilliseconds = 400

/** A page that could not be fetched is fetched again after this time. */
const retryMilliseconds = 5_000

/** After this time without a sign of life the page says that it is not live, and connects anew; the server sends one every four seconds. */
const silenceMilliseconds = 10_000

/** The tally that was announced last, or that the page came with. */
let told = tallyText()

/** The server's markup of each part, before its times were converted: new markup is compared with it. */
const received = new WeakMap()

/**
 * Follows changes: on each one the page is fetched again, and only the parts that differ are replaced.
 * @param {string} subject `*`, or the article of the page
 */
export function follow(subject) {
  const state = {
    paused: sessionStorage.getItem('paused') === 'yes',
    missed: false,
    connected: false,
    lost: false,
    timer: 0,
  }
  const button = document.getElementById('pause')
  const label = document.getElementById('live-state')
  button.parentElement.hidden = false
  remember(document)

  const show = () => {
    button.textContent = state.paused ? 'Resume updates' : 'Pause updates'
    button.setAttribute('aria-pressed', String(state.paused))
    const following = state.connected ? 'Live' : state.lost ? 'Not live' : 'Connecting…'
    label.textContent = state.paused ? (state.missed ? 'Paused; updates available' : 'Paused') : following
  }
  const changed = (milliseconds = debounceMilliseconds) => {
    state.missed = true
    show()
    if (state.paused || state.timer !== 0) return
    state.timer = setTimeout(async () => {
      state.missed = false
      const failed = await refresh().catch(() => true)
      state.timer = 0
      if (failed) changed(retryMilliseconds)
      else if (state.missed && state.connected) changed()
    }, milliseconds)
  }
  button.addEventListener('click', () => {
    state.paused = !state.paused
    sessionStorage.setItem('paused', state.paused ? 'yes' : 'no')
    show()
    if (!state.paused && state.missed) changed()
  })

  let opened = 0
  let silence = 0
  const heard = () => {
    clearTimeout(silence)
    silence = setTimeout(connect, silenceMilliseconds)
    state.lost = false
  }
  let source
  const connect = () => {
    // A connection may be dead without an end; a page that was never live has lost nothing.
    state.lost = source !== undefined
    state.connected = false
    source?.close()
    clearTimeout(silence)
    silence = setTimeout(connect, silenceMilliseconds)
    source = new EventSource('/changes')
    source.addEventListener('open', () => {
      state.connected = true
      heard()
      show()
      // Changes since the server rendered the page, or while the connection was lost, were not announced.
      if (opened++ > 0 || !state.paused) changed()
    })
    source.addEventListener('error', () => {
      state.connected = false
      show()
    })
    source.addEventListener('beat', heard)
    source.addEventListener('message', ({ data }) => {
      heard()
      const { article } = JSON.parse(data)
      if (subject === '*' || article === null || article === subject) changed()
    })
    show()
  }
  connect()
}

/** Fetches the page again and replaces the parts that differ; true if that has to wait, for something is being moved. */
async function refresh() {
  if (isMoving()) return true
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (answer.redirected && new URL(answer.url).pathname === '/sign-in') return location.reload()
  if (!answer.ok) throw new Error(`the page answered ${answer.status}`)
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const [old, next] = [document.querySelector('[data-parts]'), fresh.querySelector('[data-parts]')]
  if (!old || !next) return undefined
  if (isMoving()) return true
  remember(fresh)
  const focused = document.activeElement?.id
  replaceParts(old, next)
  document.dispatchEvent(new CustomEvent('parts-replaced'))
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus()
  if (document.title !== fresh.title) document.title = fresh.title
  announce()
  return undefined
}

/** Updates the children of a container to the new markup; unchanged ones are not touched. */
function replaceParts(old, next) {
  const known = new Map([...old.children].map((child) => [keyOf(child), child]))
  let place = old.firstElementChild
  for (const wanted of Array.from(next.children)) {
    const present = known.get(keyOf(wanted))
    known.delete(keyOf(wanted))
    let child = present ?? wanted
    let refocus
    if (present && isContainer(present) && isContainer(wanted)) {
      replaceParts(present, wanted)
    } else if (!present || received.get(present) !== received.get(wanted)) {
      child = wanted
      localise(child)
      child.classList.add('fresh')
      if (present) {
        keepState(present, child)
        refocus = sameFocus(present, child)
        if (present === place) place = present.nextElementSibling
        present.remove()
      }
    }
    if (child === place) place = child.nextElementSibling
    else old.insertBefore(child, place)
    refocus?.focus({ preventScroll: true })
  }
  for (const gone of known.values()) gone.remove()
}

/** Keeps what the reader has opened, ticked and typed. */
function keepState(old, next) {
  for (const details of old.querySelectorAll('details[open][id]'))
    next.querySelector(`#${CSS.escape(details.id)}`)?.setAttribute('open', '')
  for (const input of old.querySelectorAll('input[id], textarea[id], select[id]')) {
    const same = next.querySelector(`#${CSS.escape(input.id)}`)
    if (same) [same.value, same.checked] = [input.value, input.checked]
  }
}

const focusable = 'a[href], button, input, select, textarea, summary, [tabindex]'

/** Finds what stands in the new markup in the place of the focused element: the one with its id, or else with its words. */
function sameFocus(old, next) {
  const focused = document.activeElement
  if (!focused || !old.contains(focused)) return undefined
  if (focused.id) return next.querySelector(`#${CSS.escape(focused.id)}`) ?? undefined
  const alike = (root) =>
    [root, ...root.querySelectorAll(focusable)].filter(
      (each) => each.matches(focusable) && each.tagName === focused.tagName && each.textContent === focused.textContent,
    )
  return alike(next)[alike(old).indexOf(focused)]
}

/** Tells those who do not see the page how many there are now, where that has changed: what else is announced stays. */
function announce() {
  const tally = tallyText()
  if (tally === told) return
  told = tally
  const announcer = document.getElementById('announcer')
  if (announcer) announcer.textContent = tally
}

/** Something is being dragged or moved by keys: it must not change under the hand. */
function isMoving() {
  return document.querySelector('[data-moving]') !== null
}

function tallyText() {
  return document.getElementById('tally')?.textContent.replaceAll(/\s+/g, ' ').trim() ?? ''
}

function remember(root) {
  for (const child of root.querySelectorAll('[data-parts] > *')) received.set(child, child.outerHTML)
}

function isContainer(element) {
  return Object.hasOwn(element.dataset, 'parts')
}

function keyOf(element) {
  return `${element.tagName} ${element.id}`
}
