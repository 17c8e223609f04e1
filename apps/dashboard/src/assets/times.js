/** The name of the reader's time zone: `Europe/London`. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const fullDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' })

/**
 * Converts the times below an element from UTC to the reader's time zone, names the zone, and updates ages.
 * @param {ParentNode} root
 */
export function localise(root) {
  const now = new Date()
  for (const element of root.querySelectorAll('time[datetime]')) {
    const at = new Date(element.dateTime)
    const age = element.dataset.style === 'age' ? ` (${ageText(now - at)})` : ''
    const text = `${dayText(at, now)}${clock.format(at)}${age}`
    if (element.textContent !== text) element.textContent = text
    element.title = `${exact.format(at)}\n${element.dateTime}`
  }
  const note = document.getElementById('zone')
  if (note) note.textContent = `Times are in ${zone}.`
}

function dayText(at, now) {
  if (at.toDateString() === now.toDateString()) return ''
  return `${(at.getFullYear() === now.getFullYear() ? date : fullDate).format(at)}, `
}

function ageText(milliseconds) {
  const minutes = Math.floor(milliseconds / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`
  return `${Math.floor(minutes / (24 * 60))} days ago`
}
