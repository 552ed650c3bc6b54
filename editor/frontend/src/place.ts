/** Where a menu of this size stands beside a point of the canvas, inside the window. */
import type { Point } from './types'

interface Box {
  width: number
  height: number
}

export function beside(
  anchor: Point, viewport: { x: number; y: number; zoom: number }, room: Box, menu: Box,
): { left: string; top: string } {
  const x = anchor[0] * viewport.zoom + viewport.x
  const y = anchor[1] * viewport.zoom + viewport.y
  const right = x + 22 + menu.width < room.width - 12
  const left = right ? x + 22 : x - 22 - menu.width
  const top = Math.min(Math.max(12, y - 40), Math.max(12, room.height - menu.height - 12))
  return { left: `${Math.round(Math.max(12, left))}px`, top: `${Math.round(top)}px` }
}
