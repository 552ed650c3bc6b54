export { default } from 'flow-canvas'
