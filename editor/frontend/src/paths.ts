/** Lines with round corners. */
import type { Point } from './types'

const RADIUS = 14

function toward(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1
  const share = distance / length
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1])
}

export function rounded(points: Point[]): string {
  const words = [`M ${points[0].join(' ')}`]
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, after] = [points[i - 1], points[i], points[i + 1]]
    const r = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2)
    words.push(`L ${toward(corner, before, r).join(' ')}`)
    words.push(`Q ${corner.join(' ')} ${toward(corner, after, r).join(' ')}`)
  }
  words.push(`L ${points[points.length - 1].join(' ')}`)
  return words.join(' ')
}

export function straight(points: Point[]): string {
  return `M${points.map((point) => point.join(' ')).join('L')}`
}
