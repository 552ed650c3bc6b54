/** Where an arrow key leads from the selected card. */
import type { Store } from './store'
import { type Card, TRIGGER } from './types'

const middle = (card: Card) => card.spot.x + card.spot.width / 2

function below(store: Store, id: string): string | null {
  for (const edge of store.edges.values()) {
    if (edge.source === id && edge.target && edge.kind !== 'jump') return edge.target
  }
  return null
}

function above(store: Store, id: string): string | null {
  const mine = middle(store.cards.get(id)!)
  let best: { id: string; off: number } | null = null
  for (const edge of store.edges.values()) {
    const source = store.cards.get(edge.source)
    if (edge.target !== id || edge.kind === 'jump' || !source) continue
    const off = Math.abs(middle(source) - mine)
    if (!best || off < best.off) best = { id: edge.source, off }
  }
  return best?.id ?? null
}

function beside(store: Store, id: string, sign: number): string | null {
  const here = store.cards.get(id)!
  let best: { id: string; off: number } | null = null
  for (const card of store.cards.values()) {
    const dx = (middle(card) - middle(here)) * sign
    if (card.kind === 'end' || card.kind === 'jump' || dx < 20) continue
    const off = dx + 3 * Math.abs(card.spot.y - here.spot.y)
    if (!best || off < best.off) best = { id: card.id, off }
  }
  return best?.id ?? null
}

export function walk(store: Store, key: string): string | null {
  const from = store.state.selected
  if (!from || !store.cards.has(from)) return store.cards.has(TRIGGER) ? TRIGGER : null
  if (key === 'ArrowDown') return below(store, from)
  if (key === 'ArrowUp') return above(store, from)
  return beside(store, from, key === 'ArrowRight' ? 1 : -1)
}
