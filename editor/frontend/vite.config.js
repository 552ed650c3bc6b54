import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const inter = 'node_modules/@fontsource-variable/inter/files'
const ranges = {
  latin: 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,' +
    'U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  'latin-ext': 'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,' +
    'U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
}

function face(subset) {
  return `@font-face{font-family:"Inter Variable";font-style:normal;font-display:swap;` +
    `font-weight:100 900;unicode-range:${ranges[subset]};` +
    `src:url(fonts/inter-${subset}-wght-normal.woff2) format("woff2-variations")}`
}

/** Beside the bundle: the typeface, for pages that show no canvas. */
const beside = {
  name: 'beside',
  closeBundle() {
    mkdirSync('../dist/fonts', { recursive: true })
    for (const file of readdirSync(inter).filter((f) => /^inter-latin(-ext)?-wght-normal/.test(f))) {
      copyFileSync(`${inter}/${file}`, `../dist/fonts/${file}`)
    }
    writeFileSync('../dist/theme-font.css', Object.keys(ranges).map(face).join('\n') + '\n')
  },
}

export default defineConfig({
  plugins: [vue(), beside],
  define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true' },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'index.js' },
    rollupOptions: { external: ['vue'] },
  },
})
