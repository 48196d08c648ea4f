// After `npm ci`: build, unless this is an install without the build tools (a production image copies dist/
// instead).
import { existsSync } from 'node:fs'

if (existsSync('node_modules/typescript') && existsSync('node_modules/prisma')) await import('./build.mjs')
