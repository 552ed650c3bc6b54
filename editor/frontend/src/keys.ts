/** What the keyboard does while the canvas has the focus. */
import type { Store } from './store'
import type { Send } from './types'
import { walk } from './walk'

export interface Deeds {
  send: Send
  choose: (id: string | null) => void
  remove: (id: string) => void
  insertBehind: (id: string) => void
  close: () => boolean
  zoom: (factor: number) => void
  fit: () => void
}

export function isStep(store: Store, id: string | null): id is string {
  const kind = id ? store.cards.get(id)?.kind : undefined
  return kind === 'card' || kind === 'pill'
}

function withCommand(event: KeyboardEvent, store: Store, deeds: Deeds): boolean {
  const id = store.state.selected
  const key = event.key.toLowerCase()
  if (key === 'z') deeds.send({ type: event.shiftKey ? 'redo' : 'undo' })
  else if (key === 'y') deeds.send({ type: 'redo' })
  else if (key === 'v') deeds.send({ type: 'paste' })
  else if (key === 'd' && isStep(store, id)) deeds.send({ type: 'duplicate', action_id: id })
  else if (key === 'c' && isStep(store, id) && !window.getSelection()?.toString()) {
    deeds.send({ type: 'copy', action_id: id })
  } else return false
  return true
}

function plain(event: KeyboardEvent, store: Store, deeds: Deeds): boolean {
  const id = store.state.selected
  switch (event.key) {
    case 'ArrowDown': case 'ArrowUp': case 'ArrowLeft': case 'ArrowRight': {
      const next = walk(store, event.key)
      if (next) deeds.choose(next)
      return true
    }
    case 'Delete': case 'Backspace':
      if (isStep(store, id)) deeds.remove(id)
      return true
    case 'Enter': deeds.send({ type: 'inspect', action_id: id }); return true
    case 'Escape': if (!deeds.close()) deeds.choose(null); return true
    case 'a': case 'Insert': if (id) deeds.insertBehind(id); return true
    case '+': case '=': deeds.zoom(1.25); return true
    case '-': case '_': deeds.zoom(0.8); return true
    case '0': deeds.fit(); return true
    default: return false
  }
}

export function onKey(event: KeyboardEvent, store: Store, deeds: Deeds) {
  const target = event.target as HTMLElement
  if (event.altKey || target.closest('input, textarea, select, [contenteditable], .rhc-menu')) return
  if (event.key === 'Enter' && target.closest('button')) return
  const command = event.ctrlKey || event.metaKey
  if ((command ? withCommand : plain)(event, store, deeds)) {
    event.preventDefault()
    event.stopPropagation()
  }
}
