/** Which cards and edges stand near the window; changes only when a grid line is crossed. */
import { computed, type Ref } from 'vue'
import type { Store } from './store'
import type { Edge, Spot } from './types'

const GRID = 400
const FAR = 0.3

export interface Viewport {
  x: number
  y: number
  zoom: number
}

function touchesEdge(edge: Edge, x0: number, y0: number, x1: number, y1: number): boolean {
  let [left, right] = [edge.plus[0] - 60, edge.plus[0] + 100]
  for (const [x] of edge.points) {
    if (x < left) left = x
    if (x > right) right = x
  }
  const [top, bottom] = [edge.points[0][1], edge.points[edge.points.length - 1][1]]
  return left < x1 && right > x0 && Math.min(top, bottom) < y1 && Math.max(top, bottom) > y0
}

export function useCulling(store: Store, viewport: Ref<Viewport>, size: Ref<{ width: number; height: number }>) {
  const far = computed(() => viewport.value.zoom < FAR)
  const left = computed(() => Math.floor(-viewport.value.x / viewport.value.zoom / GRID) * GRID - GRID / 2)
  const top = computed(() => Math.floor(-viewport.value.y / viewport.value.zoom / GRID) * GRID - GRID / 2)
  const wide = computed(() => Math.ceil(size.value.width / viewport.value.zoom / GRID + 1) * GRID + GRID)
  const high = computed(() => Math.ceil(size.value.height / viewport.value.zoom / GRID + 1) * GRID + GRID)

  function inside({ x, y, width, height }: Spot): boolean {
    const [x0, y0] = [left.value, top.value]
    return x < x0 + wide.value && x + width > x0 && y < y0 + high.value && y + height > y0
  }

  const cards = computed(() =>
    far.value ? [] : [...store.cards.values()].filter((card) => inside(card.spot)))
  const edges = computed(() => {
    if (far.value) return []
    const [x0, y0] = [left.value, top.value]
    return [...store.edges.values()].filter((e) => touchesEdge(e, x0, y0, x0 + wide.value, y0 + high.value))
  })
  return { far, cards, edges }
}
