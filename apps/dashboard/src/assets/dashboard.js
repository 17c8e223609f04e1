import { follow } from './live.js'
import { localise } from './times.js'

// What the server said is remembered before its times are turned into the reader's zone.
if (document.body.dataset.live) follow(document.body.dataset.live)
localise(document)
setInterval(() => localise(document), 30_000)

// Parts are replaced while the page is open, so the whole document listens for them.
document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.id !== 'choose-all') return
  for (const box of document.querySelectorAll('input[name="article"][form="batch"]')) box.checked = target.checked
})
