import { followMoves } from './calendar.js'
import { countDown } from './hold.js'
import { follow } from './live.js'
import { letFiguresSlide } from './slide.js'
import { localise } from './times.js'

// The server's markup is stored before its times are converted to the reader's time zone.
if (document.body.dataset.live) follow(document.body.dataset.live)
localise(document)
countDown()
letFiguresSlide()
followMoves()
setInterval(() => localise(document), 30_000)

// The document listens, because parts are replaced while the page is open.
document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.id !== 'select-all') return
  for (const box of document.querySelectorAll('input[name="article"][form="batch"]')) box.checked = target.checked
})
