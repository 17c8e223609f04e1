import { followMoves } from './calendar.js'
import { keepFocusInView } from './focus.js'
import { countDown } from './hold.js'
import { followKeys } from './keys.js'
import { follow } from './live.js'
import { followSelection } from './selection.js'
import { letFiguresSlide } from './slide.js'
import { localise } from './times.js'

// The server's markup is stored before its times are converted to the reader's time zone.
if (document.body.dataset.live) follow(document.body.dataset.live)
localise(document)
countDown()
letFiguresSlide()
followMoves()
setInterval(() => localise(document), 30_000)
followSelection()
followKeys()
keepFocusInView()

// An address has the filters that are chosen, and no others.
document.addEventListener('formdata', ({ target, formData }) => {
  if (target.id !== 'filter-form') return
  for (const name of new Set(formData.keys())) {
    const values = formData.getAll(name).filter((value) => value !== '')
    formData.delete(name)
    for (const value of values) formData.append(name, value)
  }
})
