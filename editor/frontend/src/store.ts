/** What the page knows of the flow: cards and edges by id, and the numbers of a run. */
import { computed, markRaw, reactive, shallowReactive } from 'vue'
import type { Card, CardCount, Edge, Numbers, Patch, Point, Spot } from './types'

function slide(edge: Edge, [dx, dy]: Point): Edge {
  const by = ([x, y]: Point): Point => [x + dx, y + dy]
  return { ...edge, points: edge.points.map(by), plus: by(edge.plus), label_at: edge.label_at && by(edge.label_at) }
}

export function createStore() {
  const cards = shallowReactive(new Map<string, Card>())
  const edges = shallowReactive(new Map<string, Edge>())
  const counts = shallowReactive(new Map<string, CardCount>())
  const flows = shallowReactive(new Map<string, number>())
  const lit = shallowReactive(new Set<string>())
  const fresh = new Set<string>()
  const state = reactive({
    revision: -1,
    steps: 0,
    selected: null as string | null,
    running: false,
    counted: false,
    traced: false,
    /** The title of the step that this tab copied. */
    clip: '',
  })

  /** False where the patch does not follow what is here: the page must ask for everything. */
  function apply(patch: Patch): boolean {
    const whole = patch.base === -1
    if (!whole && patch.base !== state.revision) return false
    if (whole) {
      cards.clear()
      edges.clear()
    }
    fresh.clear()
    for (const id of patch.gone) {
      cards.delete(id)
      edges.delete(id)
    }
    for (const card of patch.nodes) {
      if (!whole && !cards.has(card.id)) fresh.add(card.id)
      cards.set(card.id, markRaw(card))
    }
    for (const [id, [x, y]] of Object.entries(patch.moved)) {
      const card = cards.get(id)!
      cards.set(id, markRaw({ ...card, spot: { ...card.spot, x, y } }))
    }
    for (const edge of patch.edges) edges.set(edge.id, markRaw(edge))
    for (const [id, by] of Object.entries(patch.slid)) edges.set(id, markRaw(slide(edges.get(id)!, by)))
    state.revision = patch.revision
    state.steps = patch.steps
    state.selected = patch.select
    return true
  }

  function count(numbers: Numbers) {
    if (numbers.reset) {
      counts.clear()
      flows.clear()
    }
    for (const [id, value] of Object.entries(numbers.cards)) counts.set(id, value)
    for (const [id, value] of Object.entries(numbers.edges)) flows.set(id, value)
    state.running = numbers.running
    state.counted = counts.size > 0
  }

  function light(ids: string[]) {
    lit.clear()
    for (const id of ids) lit.add(id)
    state.traced = ids.length > 0
  }

  const bounds = computed<Spot>(() => {
    let [left, top, right, bottom] = [0, 0, 0, 0]
    for (const { spot } of cards.values()) {
      left = Math.min(left, spot.x)
      top = Math.min(top, spot.y)
      right = Math.max(right, spot.x + spot.width)
      bottom = Math.max(bottom, spot.y + spot.height)
    }
    return { x: left, y: top, width: right - left, height: bottom - top }
  })

  const most = computed(() => Math.max(1, ...flows.values()))
  return { cards, edges, counts, flows, lit, fresh, state, bounds, most, apply, count, light }
}

export type Store = ReturnType<typeof createStore>
